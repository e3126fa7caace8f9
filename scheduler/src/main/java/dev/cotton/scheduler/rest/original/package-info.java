/**
 * The routes that clients of the original Cotton know, kept as they were: form fields in, JSON or a sentence of plain text
 * out, and a page of clusters.
 */
@NullMarked
package dev.cotton.scheduler.rest.original;

import org.jspecify.annotations.NullMarked;
