/** Cotton as a service of systemd: for the machine when root asks, for the user's own systemd otherwise. */
@NullMarked
package dev.cotton.cli.service;

import org.jspecify.annotations.NullMarked;
