import pytest
from pipelines.config import PATH, load


def test_the_configuration_lies_beside_the_dags(tmp_path):
    assert PATH.parent.name == "dags"
    (tmp_path / "config.json").write_text('{"environment": "staging"}', encoding="utf-8")
    assert load(tmp_path / "config.json") == {"environment": "staging"}


def test_without_it_no_dag_is_loaded(tmp_path):
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "config.json")
