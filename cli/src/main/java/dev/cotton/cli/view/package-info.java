/** What the scheduler answers, as text for people. Pure. */
@NullMarked
package dev.cotton.cli.view;

import org.jspecify.annotations.NullMarked;
