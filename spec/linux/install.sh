#!/bin/sh
# Copies Adrastea below a prefix, or takes it away again. POSIX sh; writes below the prefix and nowhere else.
set -eu

usage() {
  cat <<END
usage: install.sh [--prefix DIR | --system] [--uninstall]

  --prefix DIR   install below DIR (default: ~/.local, for you alone)
  --system       install below /usr/local, for everybody
  --uninstall    take away what was installed there; settings and notebooks stay
END
}

fail() {
  echo "install.sh: $1" >&2
  exit 1
}

prefix=${HOME:-}/.local
uninstall=no
while [ $# -gt 0 ]; do
  case $1 in
    --prefix)
      [ $# -gt 1 ] || fail "--prefix needs a folder."
      prefix=$2
      shift
      ;;
    --prefix=*) prefix=${1#--prefix=} ;;
    --system) prefix=/usr/local ;;
    --uninstall) uninstall=yes ;;
    -h | --help)
      usage
      exit 0
      ;;
    *)
      usage >&2
      exit 2
      ;;
  esac
  shift
done
case $prefix in
  /*) ;;
  *) prefix=$(pwd)/$prefix ;;
esac

here=$(cd "$(dirname "$0")" && pwd)
own=$prefix/share/adrastea
listing=$own/installed-files

# The desktop's databases of programs, types and icons. Where their programs are missing, so are the databases.
refresh() {
  ! command -v update-desktop-database >/dev/null || update-desktop-database -q "$prefix/share/applications" || :
  ! command -v update-mime-database >/dev/null || update-mime-database "$prefix/share/mime" 2>/dev/null || :
  ! command -v gtk-update-icon-cache >/dev/null || gtk-update-icon-cache -q -t -f "$prefix/share/icons/hicolor" || :
}

# A program that runs keeps its file: the new one takes the name, whole or not at all.
place() {
  mkdir -p "$(dirname "$prefix/$1")"
  cp "$here/$1" "$prefix/$1.new"
  case $1 in
    bin/*) chmod 755 "$prefix/$1.new" ;;
    *) chmod 644 "$prefix/$1.new" ;;
  esac
  mv -f "$prefix/$1.new" "$prefix/$1"
}

remove() {
  [ -f "$listing" ] || fail "Nothing of Adrastea is installed below $prefix."
  while IFS= read -r file; do
    rm -f "$prefix/$file"
  done <"$listing"
  rm -f "$listing" "$own/install.sh"
  rmdir "$own" "$prefix/share/doc/adrastea" 2>/dev/null || :
  refresh
  echo "Adrastea is gone from $prefix. Its settings are still in ~/.config/adrastea and ~/.local/state/adrastea."
}

# Menus start programs without the PATH of a shell, so the entry names the whole path.
point_entry_at_program() {
  entry=$prefix/share/applications/adrastea.desktop
  quoted=$(printf '%s' "$prefix/bin/adrastea" | sed 's/[\\"`$]/\\&/g; s/\\/\\\\/g; s/%/%%/g; s/[&|\\]/\\&/g')
  plain=$(printf '%s' "$prefix/bin/adrastea" | sed 's/[&|\\]/\\&/g')
  sed -e "s|^Exec=adrastea|Exec=\"$quoted\"|" -e "s|^TryExec=.*|TryExec=$plain|" "$entry" >"$entry.new"
  mv -f "$entry.new" "$entry"
}

if [ $uninstall = yes ]; then
  remove
  exit 0
fi

[ -f "$here/files" ] || fail "Run it from the unpacked archive: the list of files is not beside it."
mkdir -p "$own" 2>/dev/null || fail "$prefix cannot be written to. For --system, use sudo."
if [ -f "$listing" ]; then
  while IFS= read -r file; do
    grep -Fqx -e "$file" "$here/files" || rm -f "$prefix/$file"
  done <"$listing"
fi
cp "$here/files" "$listing"
while IFS= read -r file; do
  place "$file"
done <"$here/files"
cp "$here/install.sh" "$own/install.sh"
point_entry_at_program
refresh

echo "Adrastea @version@ is installed: $prefix/bin/adrastea"
case :${PATH:-}: in
  *:"$prefix/bin":*) ;;
  *) echo "$prefix/bin is not on your PATH; the menu finds it all the same." ;;
esac
if ! { ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null; } | grep -q 'libwebkit2gtk-4\.1'; then
  echo "WebKitGTK 4.1 was not found, so the default browser will show notebooks. For a window of its own:"
  echo "  Debian, Ubuntu:  sudo apt-get install libwebkit2gtk-4.1-0 gir1.2-webkit2-4.1 gir1.2-gtk-3.0 gir1.2-soup-3.0"
  echo "  Fedora:          sudo dnf install webkit2gtk4.1"
  echo "  Arch:            sudo pacman -S webkit2gtk-4.1"
fi
echo "To take it away: $own/install.sh --uninstall --prefix '$prefix'"
