# shellcheck shell=sh
# Sourced by ops/demo, ops/test and ops/lock, from the checkout's root: finds Python and keeps the
# virtual environment .venv equal to a lock file. Every message stands in Vietnamese and English.

fail() {
    printf '\n✗ %s\n  %s\n' "$1" "$2" >&2
    exit 1
}

# The newest suitable Python that really runs (a version manager's shim may not).
find_python() {
    for name in ${MOTCUA_PYTHON:-python3.13 python3.12 python3.11 python3}; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            BASE_PYTHON=$name
            return
        fi
    done
    fail "Cần Python 3.11 trở lên. Cài đặt: apt install python3 python3-venv" \
        "Python 3.11 or newer is needed. Install it: apt install python3 python3-venv"
}

make_venv() {
    if [ -x .venv/bin/python ] && .venv/bin/python -m pip --version >/dev/null 2>&1; then
        return
    fi
    # Debian ships venv without ensurepip; only the package python3-venv brings it.
    "$BASE_PYTHON" -c 'import venv, ensurepip' >/dev/null 2>&1 ||
        fail "Thiếu mô-đun venv của Python. Cài đặt: apt install python3-venv" \
            "Python's venv module is missing. Install it: apt install python3-venv"
    "$BASE_PYTHON" -m venv --clear .venv || fail "Không tạo được .venv." "Cannot make .venv."
}

# Needs a lock's packages in .venv; quick when the lock has not changed since.
use_lock() {
    lock=$1
    find_python
    make_venv
    PYTHON=$PWD/.venv/bin/python
    wanted=$(cat requirements.txt "$lock" | cksum)
    if [ "$(cat ".venv/$lock.installed" 2>/dev/null)" = "$wanted" ]; then
        return
    fi
    enough_room 600 "$PWD"
    install_lock "$lock"
    printf '%s\n' "$wanted" >".venv/$lock.installed"
}

enough_room() {
    free=$(df -Pk "$2" | awk 'NR == 2 { print int($4 / 1024) }')
    [ "$free" -ge "$1" ] ||
        fail "Ổ đĩa chứa $2 còn $free MB; cần ít nhất $1 MB." \
            "The disk of $2 has $free MB left; at least $1 MB are needed."
}

install_lock() {
    total=$(grep -c '^[A-Za-z0-9].*==' "$1")
    printf 'Cài %s gói thư viện (%s) / Installing %s packages\n' "$total" "$1" "$total"
    log=.venv/install.log
    {
        "$PYTHON" -m pip install --disable-pip-version-check --no-input --require-hashes \
            --only-binary :all: -r "$1" 2>&1
        echo "exit $?"
    } | tee "$log" | awk -v total="$total" -v screen="$([ -t 1 ] && echo 1)" '
        /^Collecting|^Requirement already/ {
            done_now++
            name = ($1 == "Collecting") ? $2 : $4
            if (screen) printf "\r  %d/%d  %d%%  %s\033[K", done_now, total,
                done_now * 100 / total, name
            fflush()
        }
        /^Installing collected/ && screen { printf "\r  cài đặt / installing …\033[K" }
        END { if (screen) printf "\r\033[K" }'
    if [ "$(tail -n 1 "$log")" != "exit 0" ]; then
        tail -n 8 "$log" >&2
        fail "Không cài được thư viện (mạng hoặc ổ đĩa?). Nhật ký: $log" \
            "Packages could not be installed (network or disk?). Log: $log"
    fi
}
