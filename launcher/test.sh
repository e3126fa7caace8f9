# Runs the tests and says in one line how they went.

run_tests() {
    unit_only=
    seeds=
    unit_names=
    real_names=
    for argument in "$@"; do
        case $argument in
            --unit) unit_only=yes ;;
            --long) seeds=100000 ;;
            -*) fail "cotton test knows the options --unit and --long, and the names of test classes, but not $argument." ;;
            *IT) real_names=$real_names,$argument ;;
            *) unit_names=$unit_names,$argument ;;
        esac
    done
    mkdir -p "$work"
    find_maven
    # A failed test does not keep the other tests from running.
    set -- -Dmaven.test.failure.ignore=true --fail-at-end
    if [ -n "$unit_names$real_names" ]; then
        set -- "$@" -Dtest="none${unit_names}" -Dit.test="none${real_names}" \
            -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false
    fi
    [ -z "$seeds" ] || set -- "$@" "-Dcotton.simulation.seeds=$seeds"
    if [ -n "$unit_only" ]; then
        set -- "$@" -DskipITs
    else
        prepare_machine
    fi
    rm -rf "$root"/*/target/surefire-reports "$root"/*/target/failsafe-reports
    whole=yes
    run_maven "$@" verify || whole=
    summarize
}

# What the real tests need from the distribution; without root they say themselves what they miss.
prepare_machine() {
    packages=$(sed 's/#.*//' "$root/system-tests/packages.txt")
    . "$root/launcher/packages.sh"
    # One package is one word.
    # shellcheck disable=SC2086
    if [ "$(id -u)" = 0 ]; then
        install_packages $packages
    else
        missing=$(missing_packages $packages)
        [ -z "$missing" ] || say "Not installed, so some tests cannot run (as root they would be installed): $missing"
    fi
}

# The line with the numbers comes last. Success needs a whole build, no failure, and no skip but those allowed by name.
summarize() {
    summary=$root/testing/target/classes
    [ -e "$summary/dev/cotton/testing/summary/TestSummary.class" ] || fail "The build failed before any test could run."
    [ -n "$whole" ] || say "The build failed, so not every test may have run: see the errors above."
    "$JAVA_HOME/bin/java" -cp "$summary" dev.cotton.testing.summary.TestSummary \
        "$root" "$root/system-tests/allowed-skips.txt" && [ -n "$whole" ]
}
