/**
 * What is said over Mesos' v1 HTTP API, scheduler's and executor's side, as values: only what Cotton reads or writes.
 *
 * <p>Each record is a message of Mesos' own schema and is named as there; components have the schema's names in camel
 * case. A field that is absent is an empty {@code Optional} or list, and is never written. What is not known is ignored:
 * fields by the mapper that reads, constants of an enum by reading them as {@code UNRECOGNIZED}, kinds of events by
 * reading them as {@code Unknown}. A call with an {@code UNRECOGNIZED} in it is refused by Mesos as a whole.
 *
 * <p>{@link RecordIo} is the framing of the two event streams. Nothing here speaks HTTP or knows a JSON library.
 */
@NullMarked
package dev.cotton.core.mesos;

import org.jspecify.annotations.NullMarked;
