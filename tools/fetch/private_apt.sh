# Fetches Debian packages of any suite without touching the machine's own apt. Sourced, not run.
#
#   private_apt FOLDER SUITE...     makes an apt of its own in FOLDER; exports APT_CONFIG
#   apt-get download ...            then works on those suites, for root and everyone else
#
# The mirrors, proxies and other settings for fetching are those of the machine.

readonly DEBIAN_KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

# Prints the URI from which this machine gets Debian itself, or its security updates where $1 is
# -security. apt is asked, instead of reading its files, because there are two formats and many
# options; the suite's name and its section main tell Debian from other people's packages.
mirror_of() {
  local releases='\(bullseye\|bookworm\|trixie\|forky\|sid\|\(old\)*stable\|testing\|unstable\)'
  APT_CONFIG= apt-get update --print-uris 2>/dev/null |
    sed -n "s,^'\(.*\)/dists/$releases$1/main/binary-amd64/.*,\1,p" | head -n 1
}

mirror_for_suite() {
  case $1 in
    *-security) mirror_of -security ;;
    *) mirror_of '' ;;
  esac
}

private_apt() {
  local folder=$1 suite mirror
  shift
  mkdir -p "$folder"/{etc/preferences.d,state/lists/partial,cache/archives/partial}
  : >"$folder/state/status"
  : >"$folder/etc/sources.list"
  for suite; do
    mirror=$(mirror_for_suite "$suite")
    [ -n "$mirror" ] || die "this machine's apt sources name no mirror for Debian's suite $suite"
    echo "deb [signed-by=$DEBIAN_KEYRING] $mirror $suite main" >>"$folder/etc/sources.list"
  done
  # apt passes over the newer packages of backports otherwise.
  printf 'Package: *\nPin: release n=*\nPin-Priority: 500\n' >"$folder/etc/preferences.d/all-suites"
  # A suite that is no longer updated counts as expired: its signature still holds.
  {
    APT_CONFIG= apt-config dump | grep '^Acquire::'
    cat <<SETTINGS
Dir::Etc "$folder/etc";
Dir::Etc::SourceList "$folder/etc/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::Etc::Parts "/dev/null";
Dir::Etc::NetRC "/etc/apt/auth.conf";
Dir::Etc::NetRCParts "/etc/apt/auth.conf.d";
Dir::State "$folder/state";
Dir::State::Status "$folder/state/status";
Dir::Cache "$folder/cache";
APT::Architecture "amd64";
APT::Architectures { "amd64"; };
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Check-Valid-Until "false";
Acquire::Retries "3";
SETTINGS
  } >"$folder/apt.conf"
  export APT_CONFIG=$folder/apt.conf
  apt-get -qq -o APT::Update::Error-Mode=any update >"$folder/update.log" 2>&1 ||
    die "cannot read Debian's package lists of $*: $(grep -m 1 '^[EW]:' "$folder/update.log")"
}

# Prints the packages among the dependencies of package $1 whose names match the pattern $2.
dependencies() {
  { apt-cache depends --important "$1" 2>/dev/null || true; } |
    sed -n "s/^ *|*\(Pre\)\?Depends: \($2\)\$/\2/p" | sort -u
}

# Prints the packages $* and all that they need, down to the C library.
closure() {
  apt-get -qq --simulate --no-install-recommends install "$@" | sed -n 's/^Inst \([^ ]*\) .*/\1/p'
}

# Prints the version of package $1 that would be downloaded.
candidate_version() {
  apt-cache policy "$1" | sed -n 's/^ *Candidate: //p'
}

# Downloads the packages $2... into folder $1 and unpacks them there, without installing them.
download_and_unpack() {
  local folder=$1
  shift
  (
    cd "$folder"
    apt-get -qq download "$@" >download.log 2>&1 || die "cannot download $*: $(tail -n 1 download.log)"
    for package in *.deb; do
      dpkg-deb --extract "$package" .
      rm "$package"
    done
    rm download.log
  )
}
