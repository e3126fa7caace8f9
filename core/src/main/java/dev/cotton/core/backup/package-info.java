/** Backups as the scheduler sees them: what there is, what is under way, what is due, what may go. Pure. */
@NullMarked
package dev.cotton.core.backup;

import org.jspecify.annotations.NullMarked;
