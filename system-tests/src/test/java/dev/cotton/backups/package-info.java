/** Real clusters that are asked for something else while clients write. */
@NullMarked
package dev.cotton.backups;

import org.jspecify.annotations.NullMarked;
