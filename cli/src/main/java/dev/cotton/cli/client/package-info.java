/**
 * The scheduler as a client of its REST interface sees it. The records mirror {@code openapi.yaml}; fields that they do
 * not have are kept in {@link dev.cotton.cli.client.Document#json}.
 */
@NullMarked
package dev.cotton.cli.client;

import org.jspecify.annotations.NullMarked;
