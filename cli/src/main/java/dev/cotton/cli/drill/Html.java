package dev.cotton.cli.drill;

/** Pieces of a page, well-formed as XML too. */
final class Html {
    private Html() {}

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** An element of which the text is escaped. */
    static String element(String name, String text) {
        return "<" + name + ">" + escaped(text) + "</" + name + ">";
    }

    static String cell(String text) {
        return element("td", text);
    }

    static String number(String text) {
        return "<td class=\"number\">" + escaped(text) + "</td>";
    }

    static String number(long number) {
        return number(Long.toString(number));
    }

    /** What heads a row. */
    static String head(String text) {
        return "<th scope=\"row\">" + escaped(text) + "</th>";
    }

    /** The heads of all columns. */
    static String columns(String... names) {
        StringBuilder row = new StringBuilder("<thead><tr>");
        for (String name : names) {
            row.append("<th scope=\"col\">").append(escaped(name)).append("</th>");
        }
        return row.append("</tr></thead>\n").toString();
    }

    static String verdict(boolean passed) {
        return passed ? "<td class=\"passed\">passed</td>" : "<td class=\"failed\">failed</td>";
    }
}
