"""`diff`: the differences, and the exit code on request."""


def test_diff_signals_differences_only_when_asked(run):
    assert run("diff", "llama-2-7b", "llama-2-70b").code == 0
    assert run("diff", "llama-2-7b", "llama-2-70b", "--exit-code").code == 1
    same = run("diff", "gpt4", "gpt-4", "--exit-code")
    assert same.code == 0
    assert "no difference" in same.err


def test_diff_takes_a_model_and_a_family(run):
    result = run("diff", "openai-community/gpt2-xl", "gpt3")

    assert result.code == 0
    assert "GPT-2 XL" in result.out
    assert "GPT-3" in result.out
