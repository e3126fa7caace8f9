package dev.cotton.core.wire;

import dev.cotton.core.model.Stamp;

/**
 * What an executor answers to a command.
 *
 * @param accepted whether it is now on the executor's disk
 * @param highest the highest stamp that the executor has seen, this command's included
 * @param why a sentence when it was refused, empty otherwise
 */
public record Answer(boolean accepted, Stamp highest, String why) {}
