"""What docs/operations.md promises: copies that can be gone back to, several processes, one dying without a loss."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from flows.texts import load
from tests import databases
from tests.journeys.test_commands import ROOT, environment, fails, lendline
from tests.stand import Person, Stand

pytestmark = pytest.mark.journey

TEXTS = load()
AGAIN = TEXTS.get("en", "welcome.again")
on_postgresql = pytest.mark.skipif(not databases.is_postgresql(), reason="several processes share a server")


@pytest.mark.skipif(databases.is_postgresql(), reason="pg_dump is what copies a server")
def test_a_copy_of_the_file_can_be_gone_back_to(tmp_path: Path) -> None:
    home, other = tmp_path / "home", tmp_path / "restored"
    lendline(home, "chat", "--lang", "en", given="1\n07700 900123\n")
    copy = tmp_path / "lendline-backup.sqlite"
    assert "Copied" in lendline(home, "db", "backup", str(copy))
    assert "exists" in fails(home, "db", "backup", str(copy))
    other.mkdir()
    shutil.copy(copy, other / "lendline.sqlite")
    shutil.copy(home / "secret.key", other)
    assert AGAIN in lendline(other, "chat", "--lang", "en", given="/status\n")


@on_postgresql
def test_a_dump_of_the_server_can_be_gone_back_to(tmp_path: Path) -> None:
    home, restored = tmp_path / "home", tmp_path / "restored"
    lendline(home, "chat", "--lang", "en", given="1\n07700 900123\n")
    dump = tmp_path / "dump"
    tools = databases.tools()
    source, target = databases.url_for(home), databases.without_tables(restored)
    subprocess.run(
        [tools / "pg_dump", "--format=custom", "--exclude-schema=dbos", f"--file={dump}", source], check=True
    )
    subprocess.run([tools / "pg_restore", "--no-owner", f"--dbname={target}", dump], check=True)
    restored.mkdir(exist_ok=True)
    shutil.copy(home / "secret.key", restored)
    env = {"LENDLINE_DATABASE_URL": target}
    lendline(restored, "db", "upgrade", env=env)
    assert AGAIN in lendline(restored, "chat", "--lang", "en", given="/status\n", env=env)


@on_postgresql
def test_an_installation_moves_to_a_server_and_the_conversation_goes_on(tmp_path: Path) -> None:
    file = {"LENDLINE_DATABASE_URL": f"sqlite:///{tmp_path / 'lendline.sqlite'}"}
    server = {"LENDLINE_DATABASE_URL": databases.without_tables(tmp_path)}
    assert "no database" in fails(tmp_path, "db", "move", server["LENDLINE_DATABASE_URL"], env=file)
    lendline(tmp_path, "chat", "--lang", "en", given="1\n07700 900123\n", env=file)
    assert "is the same" in lendline(tmp_path, "db", "move", server["LENDLINE_DATABASE_URL"], env=file)
    assert "not empty" in fails(tmp_path, "db", "move", server["LENDLINE_DATABASE_URL"], env=file)
    assert AGAIN in lendline(tmp_path, "chat", "--lang", "en", given="/status\n", env=server)


def test_the_queue_says_that_nothing_was_given_up(tmp_path: Path) -> None:
    lendline(tmp_path, "db", "upgrade")
    assert "Nothing was given up." in lendline(tmp_path, "queue")
    assert "name what" in fails(tmp_path, "queue", "retry")
    assert "not given up" in fails(tmp_path, "queue", "retry", "17", "start_pull:1:0")


@on_postgresql
def test_processes_share_the_work_and_one_that_dies_is_not_missed(tmp_path: Path, stand: Stand) -> None:
    env = {**environment(tmp_path), "TELEGRAM_BOT_TOKEN": stand.token, "TELEGRAM_API_URL": stand.url}
    with running(env, "worker", "worker", "telegram", "telegram") as processes:
        person = stand.person("Mei")
        person.start()
        assert stand.wait(lambda: any("Lendline" in message.text for message in person.messages), 20)
        for place in (0, 2):  # whoever leads is killed once at the latest when the second of a kind dies
            seen = len(person.messages)
            processes[place].send_signal(signal.SIGKILL)
            processes[place].wait(5)
            person.say("/help")
            assert stand.wait(partial(more_than, person, seen), 20), place


def more_than(person: Person, seen: int) -> bool:
    return len(person.messages) > seen


@contextmanager
def running(env: dict[str, str], *parts: str) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Parts of an installation as processes, stopped at the end as an operator would."""
    processes = [
        subprocess.Popen([sys.executable, "-m", "bot", part], cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
        for part in parts
    ]
    try:
        yield processes
    finally:
        for process in processes:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in processes:
            process.wait(10)
    assert {process.returncode for process in processes} <= {0, -signal.SIGKILL}
