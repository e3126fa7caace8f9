package dev.cotton.cli.client;

import tools.jackson.databind.JsonNode;

/**
 * What the scheduler answered.
 *
 * @param json all of it
 * @param value what this client knows of it
 */
public record Document<T>(JsonNode json, T value) {}
