#!/usr/bin/env bash
# Makes the stores of this version, one plain and one protected, to be kept for good. Run once for each release.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
version=$(mi --version | cut -d' ' -f2)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export XDG_CONFIG_HOME=$scratch/config LOGNAME=counselor
for kind in plain protected; do
  store=$scratch/$kind
  mi --store "$store" demo
  printf 'half an interview\n/pause\n' | mi --store "$store" session start K-015
  printf 'to be deleted\n/end\n' | mi --store "$store" session start L-016
  mi --store "$store" client delete L-016 --yes
  printf 'an amendment' | mi --store "$store" session amend DEMO-1 -
  mi --store "$store" consent add DEMO-1 --from "$here/consent.toml"
  mi config set program.name "Invented Program"
  mi --store "$store" goals export DEMO-1 -o "$scratch/$kind.md"
  if [ "$kind" = protected ]; then
    MI_PASSWORD_FILE=$here/passphrase.txt mi --store "$store" store protect
  fi
  "$(dirname "$(command -v mi)")/python" "$here/make_killed.py" "$scratch/killed"
  if [ "$kind" = protected ]; then
    MI_PASSWORD_FILE=$here/passphrase.txt mi --store "$scratch/killed" store protect
  fi
  rm -rf "$store/locks" "$scratch/killed/locks" "${here:?}/$version/$kind" "${here:?}/$version/killed/$kind"
  mkdir -p "$here/$version/killed"
  cp -r "$store" "$here/$version/$kind"
  mv "$scratch/killed" "$here/$version/killed/$kind"
done
