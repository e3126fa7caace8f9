/**
 * What an instance is to be, and the work of making it so.
 *
 * <p>{@link dev.cotton.executor.role.OrderBook} keeps what the scheduler has told, on disk before it is answered. One
 * thread, the {@link dev.cotton.executor.role.Reconciler}, owns every change: data, mysqld, role. Beside it an {@link
 * dev.cotton.executor.role.Observer} looks at mysqld and a {@link dev.cotton.executor.role.Heartbeat} proves that
 * commits work; neither changes anything else. All of them write what they know on the {@link
 * dev.cotton.executor.role.StatusBoard}.
 */
@NullMarked
package dev.cotton.executor.role;

import org.jspecify.annotations.NullMarked;
