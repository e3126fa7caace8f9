package dev.cotton.testing.mesos;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How much of a resource: a number with three decimals, or ranges of whole numbers. */
sealed interface Quantity permits Quantity.Scalar, Ranges {

    /** A number in thousandths, as Mesos computes with it. */
    record Scalar(long thousandths) implements Quantity {

        static Scalar of(double value) {
            return new Scalar(Math.round(value * 1000));
        }

        @Override
        public Quantity plus(Quantity other) {
            return other instanceof Scalar scalar ? new Scalar(thousandths + scalar.thousandths) : this;
        }

        @Override
        public Quantity minus(Quantity other) {
            return other instanceof Scalar scalar ? new Scalar(thousandths - scalar.thousandths) : this;
        }

        @Override
        public boolean contains(Quantity other) {
            return other instanceof Scalar scalar && thousandths >= scalar.thousandths;
        }

        @Override
        public boolean isEmpty() {
            return thousandths == 0;
        }

        @Override
        public String text() {
            return Double.toString(thousandths / 1000.0).replaceFirst("\\.0$", "");
        }

        @Override
        public void writeTo(ObjectNode resource) {
            resource.put("type", "SCALAR").set("scalar", Json.object().put("value", thousandths / 1000.0));
        }
    }

    Quantity plus(Quantity other);

    /** What is left; only meaningful when this contains {@code other}. */
    Quantity minus(Quantity other);

    boolean contains(Quantity other);

    boolean isEmpty();

    /** As Mesos prints it in its messages. */
    String text();

    void writeTo(ObjectNode resource);

    static Quantity read(JsonNode resource) {
        if (!Json.text(resource, "type").equals("RANGES")) {
            return Scalar.of(Json.number(resource.path("scalar"), "value", 0));
        }
        return Ranges.of(Json.elements(resource.path("ranges").path("range")).stream()
                .map(each -> new Ranges.Range((long) Json.number(each, "begin", 0), (long) Json.number(each, "end", 0)))
                .toList());
    }

    static Quantity ranges(long begin, long end) {
        return Ranges.of(List.of(new Ranges.Range(begin, end)));
    }
}
