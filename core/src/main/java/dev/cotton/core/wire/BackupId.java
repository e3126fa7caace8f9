package dev.cotton.core.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.cotton.core.model.Shown;
import java.util.regex.Pattern;

/** Names one attempt at a backup, or at a verification: a new one for each. Fit for the name of a file. */
public record BackupId(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9-]{0,62}");

    @JsonCreator
    public BackupId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("The name of a backup has at most 63 letters, digits and hyphens, and"
                    + " begins with no hyphen; '" + Shown.of(value) + "' is not one.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
