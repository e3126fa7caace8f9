/** Commands about what schedulers know of a fleet. */
@NullMarked
package dev.cotton.cli.admin;

import org.jspecify.annotations.NullMarked;
