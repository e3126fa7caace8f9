/** Tests of secrets and trust. */
@NullMarked
package dev.cotton.scheduler.security;

import org.jspecify.annotations.NullMarked;
