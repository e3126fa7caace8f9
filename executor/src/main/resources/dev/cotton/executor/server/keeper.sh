#!/bin/sh
# keeper.sh FOLDER COMMAND... : runs mysqld as its child, whatever becomes of the executor that started it.
# In FOLDER/run:
#   lock     locked while this script or mysqld lives, so that there is never a second one
#   alive    a FIFO that both hold open: who reads it sees its end when both are gone, and a byte after each start
#   process  host's boot id, this script's pid, mysqld's pid and the time of its start
#   exit     mysqld's pid and the time of its start, and its exit code, once it has ended
cd "$1/run" || exit 1
shift
umask 077
exec 9>>lock
flock -n 9 || exit 75
[ -p alive ] || mkfifo alive || exit 1
exec 8<>alive
read -r boot </proc/sys/kernel/random/boot_id
# Signals to this script do not reach mysqld, and do not end the watch over it.
trap : HUP INT TERM

# Sets "born" to the time at which process $1 started, in clock ticks since the boot.
look_up_birth() {
    read -r born </proc/"$1"/stat
    set -- ${born##*) }
    born=${20}
}

# A start of the host's out-of-memory handler must be able to end mysqld rather than the executor.
expose() {
    read -r score </proc/self/oom_score_adj
    [ "$score" -ge 0 ] || echo 0 >/proc/self/oom_score_adj
}

code=16
while [ "$code" -eq 16 ]; do
    if [ -e ../data/forget-uuid ]; then
        rm -f ../data/mysql/auto.cnf && rm -f ../data/forget-uuid
    fi
    rm -f mysqld.sock mysqld.sock.lock
    {
        expose
        # By this mysqld knows that it may exit with code 16 to be started again.
        export MYSQLD_PARENT_PID=$$
        # Memory that is freed goes back at once: the instance has a limit.
        export TCMALLOC_AGGRESSIVE_DECOMMIT=true MALLOC_ARENA_MAX=4
        exec "$@" </dev/null >>../log/mysqld.log 2>&1
    } &
    child=$!
    look_up_birth "$child"
    echo "$boot $$ $child $born" >process.next && mv process.next process || kill -KILL "$child"
    # The starter may be gone.
    (echo started) 2>/dev/null
    exec >/dev/null
    echo >&8
    # A signal to this script ends "wait" too early.
    while
        wait "$child"
        code=$?
        kill -0 "$child" 2>/dev/null
    do :; done
    echo "$child $born $code" >exit
done
