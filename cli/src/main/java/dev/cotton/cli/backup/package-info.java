/** Commands about backups. */
@NullMarked
package dev.cotton.cli.backup;

import org.jspecify.annotations.NullMarked;
