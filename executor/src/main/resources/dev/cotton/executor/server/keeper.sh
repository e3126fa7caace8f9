#!/bin/sh
# keeper.sh FOLDER COMMAND... : runs mysqld as its child, whatever becomes of the executor that started it.
# In FOLDER:
#   processes/keeper.json, processes/mysqld.json   which processes these are
#   run/lock    locked while this script or mysqld lives, so that there is never a second one
#   run/alive   a FIFO that both hold open: who reads it gets a byte after each start, and its end when both are gone
#   run/exit    mysqld's process id, its start and its exit code, once it has ended
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

# Sets "start" to when process $1 was started, in clock ticks since the boot.
look_up_start() {
    read -r start </proc/"$1"/stat
    set -- ${start##*) }
    start=${20}
}

# Writes into the file $2 which process $1 is.
write_down() {
    look_up_start "$1"
    echo "{\"pid\": $1, \"startTicks\": $start, \"bootId\": \"$boot\"}" >"$2.next" && mv "$2.next" "$2"
}

write_down $$ ../processes/keeper.json || exit 1
code=16
while [ "$code" -eq 16 ]; do
    if [ -e ../data/forget-uuid ]; then
        rm -f ../data/mysql/auto.cnf && rm -f ../data/forget-uuid
    fi
    rm -f mysqld.sock mysqld.sock.lock
    {
        # When memory runs out, it is mysqld that the kernel may end: it is started again.
        read -r score </proc/self/oom_score_adj
        [ "$score" -ge 0 ] || echo 0 >/proc/self/oom_score_adj
        # By this mysqld knows that it may exit with code 16 to be started again.
        export MYSQLD_PARENT_PID=$$
        # Memory that is freed goes back at once, and threads keep little for themselves: the instance has a limit.
        export TCMALLOC_AGGRESSIVE_DECOMMIT=true TCMALLOC_MAX_TOTAL_THREAD_CACHE_BYTES=8388608 MALLOC_ARENA_MAX=4
        exec "$@" </dev/null >>../log/mysqld.log 2>&1
    } &
    child=$!
    write_down "$child" ../processes/mysqld.json || kill -KILL "$child"
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
    echo "$child $start $code" >exit
done
