#!/usr/bin/env bash
# Guards a refactoring: five small trainings must end with the same bits before and after it.
#
#   tests/training-hashes.sh            prints the hashes of the checked-out source
#   tests/training-hashes.sh COMMIT     compares them with those of COMMIT, built in a temporary folder; fails where they differ
#
# The bits depend on the processor, so both sides run on this machine.
set -euo pipefail
cd "$(dirname "$0")/.."

hashes() { dotnet run -c Release --project "$1/tests/TrainingHashes"; }

if [ $# -eq 0 ]; then
  hashes .
  exit
fi

before=$(mktemp -d)
trap 'git worktree remove --force "$before/source" 2>/dev/null || true; rm -rf "$before"' EXIT
git worktree add -q --detach "$before/source" "$1"
# A commit without the program gets today's; one with it keeps its own, as names may have changed since.
[ -d "$before/source/tests/TrainingHashes" ] || git ls-files tests/TrainingHashes | xargs cp --parents -t "$before/source"
hashes "$before/source" >"$before/before"
hashes . >"$before/after"
diff "$before/before" "$before/after" && echo "The same bits as $1."
