/** Runs MySQL's own client on a cluster: verified by TLS, and without a secret in arguments or in a file that stays. */
@NullMarked
package dev.cotton.cli.mysql;

import org.jspecify.annotations.NullMarked;
