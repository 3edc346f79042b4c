"""What each command that passes something on has in common: it asks the gate, and has the document logged.

The gate judges what is permitted (`mi_cli.handoff.gate`). The document is logged before it is anywhere
(`mi_cli.store.records.disclosures`), where the gate judges once more under the lock, with the consents of then.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mi_cli.cli.context import Context
from mi_cli.cli.members import program_with_members
from mi_cli.cli.surroundings import now
from mi_cli.errors import Damaged
from mi_cli.handoff.gate import permit
from mi_cli.handoff.objections import Request
from mi_cli.records.consent import Consent
from mi_cli.records.permit import Permit
from mi_cli.store.records.consents import consents
from mi_cli.store.records.disclosures import Outgoing, deliver, print_out


@dataclass(frozen=True)
class Passing:
    """A request to pass something on, with the client's consents as they are on file.

    `unread` says that there are consents beside these, which cannot be read.
    """

    context: Context
    request: Request
    on_file: Sequence[Consent]
    unread: bool

    @classmethod
    def of(cls, context: Context, request: Request, damaged: list[Damaged]) -> "Passing":
        """Returns the request with the consents on file. Those that cannot be read are put into `damaged`."""
        unread: list[Damaged] = []
        on_file = consents(context.store, request.client, unread)
        damaged += unread
        return cls(context, request, on_file, bool(unread))

    def judge(self, consents: Sequence[Consent], /, *, unread: bool) -> Permit:
        """Returns the permit, judged by these consents and the program as it is now. Raises Refused."""
        return permit(self.request, consents, program_with_members(self.context, []), now(), unread=unread)

    def permit(self) -> Permit:
        """Returns the permit, judged by the consents on file. Raises Refused."""
        return self.judge(self.on_file, unread=self.unread)

    def pass_on(self, permitted: Permit, document: Outgoing, target: Path | None, *, overwrite: bool) -> None:
        """Logs the document and puts it at the target; without one, on standard output. Raises as `deliver`."""
        if target:
            deliver(self.context.store, permitted, self.judge, document, target, overwrite=overwrite)
        else:
            print_out(self.context.store, permitted, self.judge, document, sys.stdout.buffer.write)
            sys.stdout.flush()
