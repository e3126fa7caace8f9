/**
 * Opening backup stores, the store in a folder, and what all stores share: measuring what is written, resuming what is
 * read, listing folders in the order of keys. Depends on nothing but the JDK, so that executor and scheduler both have it.
 */
@NullMarked
package dev.cotton.core.storage;

import org.jspecify.annotations.NullMarked;
