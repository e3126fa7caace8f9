/**
 * mysqld as a process and as files: data directories, option file, supervision, logs, what it uses. No SQL.
 *
 * <p>An instance's folder ({@link DataFolder}) holds everything, owned by the one unprivileged user that executor and
 * mysqld run as, mode 0700. It may be moved as a whole while nothing runs: what mysqld itself remembers are relative
 * paths, and the option file is written anew before each start.
 *
 * <pre>
 * my.cnf        the option file
 * data/         made whole elsewhere and renamed into place, so it is there completely or not at all
 *   mysql/        mysqld's data directory
 *   binlog/ relay/ tmp/
 *   incarnation   the nonce that names this life of the data
 *   boot          the host's boot under which the relay log is known to be whole
 *   forget-uuid   while it exists, the next start of mysqld takes a new server UUID
 *   given-up      while it exists, there are no data: the rest is only still to be deleted
 * processes/    which processes are mysqld and its keeper
 * run/          of the running mysqld: its socket, its keeper's files
 * tls/          certificate, key and authority of mysqld
 * log/          mysqld.log, slow.log, executor.log and what was rotated away from them
 * scratch/      the copy that a backup is being made of; gone with the start of an executor
 * state/        what the executor keeps: small files, each replaced atomically
 * </pre>
 *
 * <p>mysqld is not the executor's child but its keeper's, a small shell process with a session of its own
 * ({@code keeper.sh}); so the executor may end at any time, and its successor {@linkplain Mysqld#adopt adopts} what runs.
 */
@NullMarked
package dev.cotton.executor.server;

import org.jspecify.annotations.NullMarked;
