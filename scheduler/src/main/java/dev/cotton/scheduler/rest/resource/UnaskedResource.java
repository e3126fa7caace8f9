package dev.cotton.scheduler.rest.resource;

/** An instance whose executor gave no answer, and why. */
public record UnaskedResource(String instance, String why) {}
