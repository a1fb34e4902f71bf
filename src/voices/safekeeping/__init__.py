"""Nothing lost: the site's backups, made while it runs, encrypted, proved by being restored; the base's health, mended.

`backing_up` makes a backup and proves it, `restoring` puts one back, `rotating` says which to keep, `daily` makes one a
day; `health` tells what is wrong in a base and writes anew what can be derived, `around` what is wrong around it, and
`drafts` takes away what a kill left. `archive` is what a backup holds, `stream` how it is encrypted
(docs/decisions/0027).
"""
