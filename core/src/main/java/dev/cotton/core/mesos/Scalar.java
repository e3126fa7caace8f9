package dev.cotton.core.mesos;

/** A number; Mesos counts in thousandths and rounds what is finer. */
public record Scalar(double value) {}
