"""`schema`: what it describes, and what of it a table can hold."""

import jsonschema
import pytest


@pytest.mark.thorough
def test_the_schema_of_a_family_file_accepts_the_curated_files(run):
    import tomllib

    from llmnotes.catalog import DATA

    schema = run("schema", "family").json
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    for path in sorted((DATA / "families").glob("*.toml")):
        validator(schema).validate(tomllib.loads(path.read_text()))


@pytest.mark.parametrize("format", ["markdown", "csv", "tsv", "latex", "html"])
def test_the_schema_in_a_format_of_tables_is_a_table_alone(run, format):
    result = run("schema", "-f", format)

    assert result.out == run("schema", "attributes", "-f", format).out
    assert "llmnotes schema family" in result.err
