@NullMarked
package dev.cotton.cli.bench;

import org.jspecify.annotations.NullMarked;
