# Installs packages of the distribution, as root.

# Installs those of the packages "$@" that are missing.
install_packages() {
    missing=$(missing_packages "$@")
    missing=${missing% }
    [ -n "$missing" ] || return 0
    say "Installing $missing ..."
    # One package is one word.
    # shellcheck disable=SC2086
    apt_install $missing || {
        apt-get -qq update
        # shellcheck disable=SC2086
        apt_install $missing
    } || fail "apt-get could not install: $missing"
}

missing_packages() {
    for package in "$@"; do
        case $(dpkg-query -W -f='${db:Status-Status}' "$package" 2> /dev/null) in
            installed) ;;
            *) printf '%s ' "$package" ;;
        esac
    done
}

apt_install() {
    DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install "$@" > "$work/packages.log" 2>&1
}
