"""The program with its page watched: run by `bench.webkit`, in a process of its own, in place of `app.py`.

Each line on stdin is the body of an asynchronous function that runs in the page of the last window; its value, or what
it has thrown, comes as a line of JSON on stdout, behind `MARK`. What goes wrong in the page (errors and rejections that
nobody catches, console errors, what the policy forbids, files that do not come) is collected there from the start.
Linux only.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportAttributeAccessIssue=false, reportMissingModuleSource=false
# (GTK's bindings carry no types.)
# ruff: noqa: ANN401 -- the same

from __future__ import annotations

import json
import sys
import threading
from typing import Any, Final

MARK: Final = "page: "
_WATCH: Final = """
if (window === window.top) {
  const wrong = (window.benchWrong = []);
  const failed = ({ message, target }) => wrong.push(message ?? `${target.localName} ${target.src ?? ""}`);
  addEventListener("error", failed, true);
  addEventListener("unhandledrejection", ({ reason }) => wrong.push(`rejected: ${reason} ${reason?.stack ?? ""}`));
  addEventListener("securitypolicyviolation", (event) => wrong.push(`${event.violatedDirective} ${event.blockedURI}`));
  const say = console.error;
  console.error = (...said) => (wrong.push(said.map(String).join(" ")), say.apply(console, said));
}
"""


def main(argv: list[str]) -> int:
    """Run the program with these arguments."""
    from adrastea.desktop.obstacle import obstacle

    in_the_way = obstacle()
    if in_the_way is not None:
        print(in_the_way, flush=True)
        return 1
    from gi.repository import GLib, WebKit2

    from adrastea.desktop import gtk_page

    views: list[Any] = []
    start = WebKit2.UserScriptInjectionTime.START

    class WatchedPage(gtk_page.GtkPage):
        def __init__(self, *parts: Any) -> None:
            super().__init__(*parts)
            frames = WebKit2.UserContentInjectedFrames.TOP_FRAME
            manager = self.view.get_user_content_manager()
            manager.add_script(WebKit2.UserScript.new(_WATCH, frames, start, None, None))
            views.append(self.view)

    def run(body: str) -> bool:
        def done(view: Any, task: Any) -> None:
            try:
                said = {"value": json.loads(view.call_async_javascript_function_finish(task).to_json(0) or "null")}
            except GLib.Error as error:
                said = {"error": str(error.message)}
            print(f"{MARK}{json.dumps(said)}", flush=True)

        views[-1].call_async_javascript_function(body, -1, None, None, None, None, done)
        return False

    def listen() -> None:
        for line in sys.stdin:
            GLib.idle_add(run, json.loads(line))

    gtk_page.GtkPage = WatchedPage  # type: ignore[misc,assignment]
    threading.Thread(target=listen, daemon=True).start()
    import app

    return app.main(argv)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
