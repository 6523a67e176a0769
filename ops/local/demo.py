"""``ops/demo``: from an empty machine to a province that answers."""

from __future__ import annotations

import io
import os
import signal
import sys
from contextlib import ExitStack
from pathlib import Path
from types import FrameType

from motcua.db.server import ServerError
from ops.local import addresses, province, starter_content
from ops.local import options as command_line
from ops.local.database import DemoDatabase
from ops.local.messages import Stop, complain, console, say, step
from ops.local.ports import require_free
from ops.local.starter_content import wait_for_jobs
from ops.local.state import CHECKOUT, State
from ops.local.static_files import collect
from ops.local.web_server import WebServer, stop_leftover


class Demo:
    """One run of the demo, its steps in order."""

    def __init__(self, options: command_line.Options) -> None:
        self.options = options
        self.state = State()
        self.database = DemoDatabase(self.state)
        self.environment: dict[str, str] = {}

    def run(self) -> None:
        """Build the province and serve it until Ctrl-C."""
        self.state.make()
        with self.state.sole_user(), ExitStack() as endings:
            if self.options.reset:
                self.reset()
            self.check_machine()
            endings.callback(self.close_database)
            self.open_database()
            self.prepare_code()
            self.build_main()
            self.follow_port()
            departments, units = province.chosen(self.options.sites, self.state.folder)
            self.build_sites("Sở, ban, ngành", "Departments", departments)
            if self.options.serve:
                server = WebServer(self.state, self.options.port, self.environment)
                endings.callback(server.stop)
                self.open_to_public(server)
            self.build_sites("Huyện, xã, phường", "Districts and communes", units)
            labels = [*province.labels(departments), *province.labels(units)]
            self.fill_sites(labels)
            self.settle()
            self.summarise(labels)
            if self.options.serve:
                server.wait()

    def reset(self) -> None:
        """Delete the demo's database and state folder, having said so."""
        stop_leftover(self.state)
        say(f"[yellow]Xóa[/yellow] {self.database.folder}, {self.state.folder}", "Deleting these")
        if sys.stdin.isatty() and input("y/N: ").strip().lower() not in ("y", "yes", "c", "có"):
            raise Stop("Không xóa gì.", "Nothing was deleted.")
        self.database.remove()
        self.state.empty()

    def check_machine(self) -> None:
        """Port and disk, before anything is started."""
        stop_leftover(self.state)
        if self.options.serve:
            require_free(self.options.port)
        self.database.require_room()

    def open_database(self) -> None:
        """Find or start PostgreSQL and hand its addresses to Django by the environment."""
        with step("Cơ sở dữ liệu", "Database") as remarks:
            self.environment = {
                "DJANGO_SETTINGS_MODULE": "motcua.settings.dev",
                "MOTCUA_STATE": str(self.state.folder),
                "MOTCUA_PUBLIC_PORT": str(self.options.port),
                "MOTCUA_DOMAIN_SUFFIXES": province.DOMAIN,
                **self.state.secrets(),
                **self.database.open(),
            }
            remarks.append(self.database.description)
        os.environ.update(self.environment)
        os.environ.setdefault("LOG_LEVEL", "WARNING")
        self.state.remember_environment(self.environment)
        # The server's child: one worker thread in each process is enough for a demo.
        self.environment |= {"MOTCUA_INPROCESS_WORKER": "1", "LOG_LEVEL": "INFO"}

    def prepare_code(self) -> None:
        """Message catalogues and static files."""
        from motcua.web.catalogues import compile_catalogues

        with step("Bản dịch, tệp tĩnh", "Catalogues, static files"):
            compile_catalogues(CHECKOUT / "locale")
            import django

            django.setup()
            collect(self.state)

    def build_main(self) -> None:
        """Migrate, build the template schema, make the main portal."""
        with step("Lược đồ dữ liệu và khuôn mẫu", "Migrations and template"):
            _manage("deploy", stdout=io.StringIO())
        with step("Cổng chính", "Main portal"):
            _manage(
                "create_main", "--name-vi", province.NAME_VI, "--name-en", province.NAME_EN,
                "--domain", province.DOMAIN, "--serve-also", "localhost",
                "--admin-email", province.ADMIN_EMAIL,
                "--admin-password-env", "MOTCUA_ADMIN_PASSWORD", stdout=io.StringIO(),
            )  # fmt: skip

    def follow_port(self) -> None:
        """Tell the sites of an earlier run their new addresses if ``--port`` changed."""
        known = self.state.folder / "port"
        if known.exists() and known.read_text(encoding="ascii") != str(self.options.port):
            with step("Địa chỉ với cổng mới", "Addresses with the new port"):
                addresses.refresh()
        known.write_text(str(self.options.port), encoding="ascii")

    def build_sites(self, vi: str, en: str, file: Path) -> None:
        """Make the sites of one file; the command shows its own progress bar."""
        if province.labels(file):
            say(f"[bold]{vi}[/bold]", en)
            _manage("create_sites", str(file))

    def open_to_public(self, server: WebServer) -> None:
        """Start the web server, so that one can look while the rest is being made."""
        with step("Máy chủ web", "Web server"):
            server.start()
        say(f"  [bold]{self.address(province.DOMAIN)}[/bold]", "already open")

    def fill_sites(self, labels: list[str]) -> None:
        """Order what new sites begin with; wait until it is written."""
        starter_content.order(self.state, labels, _manage)
        dead = wait_for_jobs(work=not self.options.serve)
        if dead:
            say(
                f"[yellow]{dead} việc nền bị lỗi[/yellow]: manage.py list_jobs",
                "background jobs failed",
            )

    def settle(self) -> None:
        """Once for each newly built part of the province: bring it to disk."""
        from tenants.models import Tenant

        settled = self.state.folder / "settled"
        sites = str(Tenant.objects.count())
        if not settled.exists() or settled.read_text(encoding="ascii") != sites:
            with step("Ghi xuống đĩa", "Writing to disk"):
                self.database.settle()
            settled.write_text(sites, encoding="ascii")

    def address(self, domain: str) -> str:
        """The public address of *domain*."""
        return f"http://{domain}:{self.options.port}"

    def summarise(self, labels: list[str]) -> None:
        """Say where everything is, with some of the sites called *labels* as examples."""
        some = labels[:: max(1, len(labels) // 3)][:4]
        console.rule()
        say(f"Cổng chính:  [bold]{self.address(province.DOMAIN)}[/bold]", "main portal")
        say(f"             {self.address('localhost')}", "the same, for any browser")
        for label in some:
            say(f"             {self.address(f'{label}.{province.DOMAIN}')}")
        say(f"Quản trị:    [bold]{self.address(province.DOMAIN)}/admin/[/bold]", "administration")
        say(f"             {province.ADMIN_EMAIL}", "e-mail")
        say(f"             {self.environment['MOTCUA_ADMIN_PASSWORD']}", "first password")
        say(f"Thư gửi đi:  {self.state.folder / 'mail'}", "outgoing mail")
        say(f"manage.py:   set -a; . {self.state.folder / 'demo.env'}; set +a", "to work on it")
        if self.options.serve:
            say("Ctrl-C để dừng; lần chạy sau giữ nguyên dữ liệu.", "stops; nothing is lost")

    def close_database(self) -> None:
        """Close our connections, then stop PostgreSQL."""
        say("Đang dừng cơ sở dữ liệu …", "stopping the database …")
        if "django" in sys.modules:
            from django.db import connections

            if connections.settings:
                connections.close_all()
        self.state.forget_environment()
        self.database.close()


def _manage(*arguments: str, **options: object) -> None:
    """Run a management command in this process; a failure ends the demo with its message."""
    from django.core.management import CommandError, call_command

    try:
        call_command(*arguments, **options)
    except CommandError as error:
        raise Stop(
            f"manage.py {arguments[0]} không thành công.",
            f"manage.py {arguments[0]} failed.",
            str(error),
        ) from error


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> int:
    """Run the demo; returns the exit code."""
    for number in (signal.SIGINT, signal.SIGTERM):
        # Set even where a shell that starts us in the background had SIGINT ignored.
        signal.signal(number, _interrupt)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup ops/demo goes on
        signal.signal(signal.SIGHUP, _interrupt)
    try:
        Demo(command_line.read(sys.argv[1:])).run()
    except KeyboardInterrupt:
        say("Đã dừng. Chạy lại: ops/demo", "Stopped. Start again: ops/demo")
    except (Stop, ServerError) as reason:
        complain(reason)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
