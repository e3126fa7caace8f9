# Builds the program when a source file is newer than the last build, and starts it.
#
# Every build is copied to a folder of its own, .cotton/program/<time>, because a scheduler may still be running from an
# earlier one. Whoever runs from such a folder holds a shared lock on it; folders that nobody holds go with a later build.

# The schemes of backup stores whose libraries are loaded only by those who use them.
store_schemes='hdfs s3'

build_if_changed() {
    find_program
    ! is_current || return 0
    mkdir -p "$work" 2> /dev/null && [ -w "$work" ] \
        || fail "The program in $root has to be built, but $work cannot be written. Run ./cotton once as the owner of $root."
    exec 8> "$work/build.lock"
    if ! flock -n 8; then
        say "Waiting for another build of $root ..."
        flock 8
        find_program
    fi
    is_current || build
    exec 8>&-
}

find_program() {
    program=$work/$(readlink "$work/current" 2> /dev/null) || program=
}

# Folders are looked at as well as files: a folder gets newer when a file in it is added or removed.
is_current() {
    [ -n "$program" ] && [ -e "$program/built" ] || return 1
    changed=$(
        cd "$root"
        find pom.xml .mvn launcher core/pom.xml core/src/main executor/pom.xml executor/src/main \
            scheduler/pom.xml scheduler/src/main cli/pom.xml cli/src/main \
            storage-hdfs/pom.xml storage-hdfs/src/main storage-s3/pom.xml storage-s3/src/main -newer "$program/built" -print -quit
    )
    [ -z "$changed" ]
}

build() {
    begun=$(date +%s)
    find_maven
    earlier=$program
    program=$work/program/$begun.$$
    if [ -n "$earlier" ]; then
        say "The sources have changed: building ..."
    else
        say "Building for the first time: Maven fetches the libraries, which can take some minutes ..."
    fi
    rm -rf "$root/cli/target/launcher/lib" "$root/executor/target/launcher/package" "$root"/storage-*/target/launcher/store
    mkdir -p "$program/stores"
    : > "$program/built"
    if ! run_maven -q -P launcher -Dmaven.test.skip=true -Dcyclonedx.skip=true -pl cli,storage-hdfs,storage-s3 -am package \
        > "$work/build.log" 2>&1; then
        rm -rf "$program"
        grep -E '^\[(ERROR|WARNING)\] .' "$work/build.log" | sed -n 1,20p >&2
        fail "The build failed. All that Maven said is in $work/build.log."
    fi
    cp -R "$root/cli/target/launcher/lib" "$program/lib"
    cp -R "$root/executor/target/launcher/package" "$program/executor"
    for scheme in $store_schemes; do
        cp -R "$root/storage-$scheme/target/launcher/store" "$program/stores/$scheme"
    done
    ln -s ../stores "$program/executor/stores"
    archive_classes
    archive_executor_classes
    ln -s "program/${program##*/}" "$work/current.$$"
    mv -T "$work/current.$$" "$work/current"
    remove_unused_programs
    say "Built in $(($(date +%s) - begun)) s."
}

# One short run, which asks a scheduler where none can be, leaves an archive of loaded classes behind: every later start is
# quick because of it.
archive_classes() {
    (become_java -XX:AOTCacheOutput="$program/cotton.aot" -cp "$program/lib/*" "$main_class" \
        list --api-url http://127.0.0.1:1) > "$work/archive.log" 2>&1 || :
}

# The same for executors, with the flags and in the order of jars that an engine starts them with.
archive_executor_classes() {
    stage=$(mktemp -d)
    executor_java "$JAVA_HOME/bin/java" "$program/executor" -XX:AOTCacheOutput="$program/executor/executor.aot" \
        dev.cotton.executor.app.Rehearsal "$stage" > "$work/archive-executor.log" 2>&1 || :
    rm -rf "$stage"
}

# Runs the Java $1 as executors in the folder $2 are run, with the options and the class that follow.
executor_java() {
    java=$1
    flags=$(grep -v '^#' "$2/jvm.flags")
    jars=$(executor_jars "$2")
    shift 2
    # One flag is one word, and no pattern of files.
    # shellcheck disable=SC2086
    (
        set -f
        env -i PATH="$PATH" "$java" $flags -cp "${jars%:}" "$@"
    )
}

executor_jars() {
    LC_ALL=C
    for jar in "$1"/lib/*.jar; do
        printf '%s:' "$jar"
    done
}

# The earlier one stays: somebody may just have looked it up and not locked it yet.
remove_unused_programs() {
    for old in "$work"/program/*; do
        case $old in
            "$program" | "$earlier") ;;
            *) flock -n -x "$old" rm -rf "$old" || : ;;
        esac
    done
}

find_maven() {
    ! command -v mvn > /dev/null || return 0
    command -v apt-get > /dev/null || fail "Cotton is built with Maven 3.8.7 or newer, and found none. Please install it."
    [ "$(id -u)" = 0 ] || fail "Cotton is built with Maven 3.8.7 or newer, and found none. As root: apt-get install maven"
    . "$root/launcher/packages.sh"
    install_packages maven
}

# Maven in the folder of the sources. Java takes a user's home from the list of users; who sets HOME otherwise means it.
run_maven() {
    set -- -B -ntp "$@"
    if [ -z "${HOME-}" ] || [ ! -w "$HOME" ]; then
        set -- -Dmaven.repo.local="$work/repository" "$@"
    elif [ "$HOME" != "$(getent passwd "$(id -u)" | cut -d: -f6)" ]; then
        set -- -Dmaven.repo.local="$HOME/.m2/repository" "$@"
    fi
    (cd "$root" && mvn "$@")
}

main_class=dev.cotton.cli.app.Cotton

# Keeps the program's folder from being removed until this process, or what it becomes, has ended.
hold_program() {
    exec 9< "$program"
    flock -s 9
}

# Becomes the program; the lock on its folder stays with it. Only what goes on for long is worth Java's second compiler.
start_program() {
    hold_program
    find_package
    ! wants_package "$@" || package_executor
    has_package || package=
    case ${1-} in
        up | scheduler | bench) compiler=-XX:+TieredCompilation ;;
        *) compiler=-XX:TieredStopAtLevel=1 ;;
    esac
    become_java $compiler -XX:AOTCache="$program/cotton.aot" -Xlog:disable -Xlog:all=error:stderr \
        -Dcotton.launcher="$root/cotton" -Dcotton.executor.package="$program/executor" \
        ${package:+"-Dcotton.executor.archive=$package"} -cp "$program/lib/*" "$main_class" "$@"
}

# A scheduler on Mesos hands the executor's package out, unless somebody else does.
wants_package() {
    [ "${1-}" = scheduler ] || return 1
    wanted=
    before=
    for argument in "$@"; do
        case $before in
            --executor-uri | --executor_uri) argument=--executor-uri=$argument ;;
        esac
        before=$argument
        case $argument in
            # A package of the original's is none of ours.
            --executor-uri=*.pex | --executor-uri=*.zip | --executor_uri=*.pex | --executor_uri=*.zip) ;;
            --executor-uri=* | --executor_uri=*) return 1 ;;
            --mesos-master | --mesos-master=* | --mesos_master | --mesos_master=*) wanted=yes ;;
        esac
    done
    [ -n "$wanted" ]
}

become_java() {
    exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
        -XX:+UseCompactObjectHeaders -XX:+UseSerialGC -Xms24m -Xmx512m -XX:+ExitOnOutOfMemoryError \
        -Djdk.virtualThreadScheduler.parallelism=16 ${COTTON_JAVA_OPTIONS-} "$@"
}
