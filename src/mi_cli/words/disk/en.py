"""The texts about the disk, in English."""

import errno
from typing import Final

from mi_cli.words.disk.model import DiskWords

EN: Final = DiskWords(
    reasons={
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "the disk quota is used up",
        errno.EFBIG: "the file would be larger than the system allows",
        errno.EROFS: "the folder is read-only",
        errno.EACCES: "access to it is denied",
        errno.EPERM: "access to it is denied",
        errno.EIO: "the disk reported an error",
        errno.EMFILE: "too many files are open",
        errno.ENFILE: "too many files are open",
        errno.ENOENT: "the folder is gone",
        errno.ENOTDIR: "a file stands where a folder should be",
        errno.EISDIR: "a folder stands in its place",
        errno.ENXIO: "no ordinary file stands in its place",
        errno.EOVERFLOW: "it is larger than anything mi keeps",
        errno.ELOOP: "its links lead in a circle",
        errno.EMLINK: "a link stands in its place, and no ordinary file or folder",
        errno.ENAMETOOLONG: "the name is too long",
    },
    unfinished_backup="A backup was cut off and left a copy of the store: {path}. Making that backup again deletes it.",
    lost_codes="It is kept. A backup has the codes: `mi store restore` into an empty folder. Without a backup "
    "`mi store check --repair` gives each client a made-up code.",
    made_up_codes="The codes of the clients could not be read. Each client has a made-up code now, also those who were "
    "in the trash: {codes}. `mi client edit` gives another. Nothing is passed on until you have confirmed the store.",
    taken_back="it was taken back, and an older version is in its place",
    take_back_again="`mi consent revoke` records that once more.",
    narrowed="it was taken back for one recipient, or it ended, and an older version is in its place",
    narrow_again="`mi consent revoke --to` or `mi consent ended` records that once more.",
    no_ordinary_file="That is no ordinary file: a folder, a pipe, a socket or a device.",
    name_ordinary_file="Nothing was changed. Name a file; what is there is not replaced.",
    no_such_folder="There is no such folder to put it in: {parent}",
    nothing_changed="Nothing was changed.",
    not_writable_there="Nothing can be written there: {reason}.",
    name_another="Nothing was changed. Name another file.",
    not_writable_folder="Nothing can be written in that folder: {parent}",
    saved_before_whole="What was saved before is whole. `mi doctor` looks at the store.",
    folder_is="The folder is {parent}. {hint}",
    not_saved="Not saved: {reason}.",
    system_refused="the system refused",
    in_use="It is in use {held_by}.",
    close_it_there="Close it there first, or wait until it is done.",
    held_by="by {name} (process {process}) since {since}",
    held_by_another="by another process",
)
