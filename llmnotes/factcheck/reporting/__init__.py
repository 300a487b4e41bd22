"""Reports, serialization and corrections of checked files."""
