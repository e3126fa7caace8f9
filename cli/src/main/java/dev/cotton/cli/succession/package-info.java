/** Commands about who is primary: switchover, failover that accepts a loss, and automation that waits for a person. */
@NullMarked
package dev.cotton.cli.succession;

import org.jspecify.annotations.NullMarked;
