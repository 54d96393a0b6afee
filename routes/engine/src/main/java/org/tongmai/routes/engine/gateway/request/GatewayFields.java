package org.tongmai.routes.engine.gateway.request;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.tongmai.standards.table.CsvTable;

/**
 * Header fields that only a gateway or a proxy may say ({@code gateway-fields.csv}): of those that came with a call none is
 * handed on, so none is screened; and those that say who calls, which are handed on where a rule names them.
 */
public final class GatewayFields {
    private static final GatewayFields NEVER = new GatewayFields("never");
    private static final GatewayFields ONLY_NAMED = new GatewayFields("named");

    private static final Pattern SIGN = Pattern.compile("[^a-z0-9-]");

    private final Set<String> names = new HashSet<>();
    private final List<String> starts = new ArrayList<>();

    private GatewayFields(String handed) {
        String table = "gateway-fields.csv";
        try (InputStream in = GatewayFields.class.getResourceAsStream(table)) {
            CsvTable.read(table, new String(in.readAllBytes(), StandardCharsets.UTF_8)).rows().stream()
                    .filter(row -> row.cell(1).equals(handed))
                    .map(row -> row.cell(0))
                    .forEach(this::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String name) {
        if (name.endsWith("*")) {
            starts.add(name.substring(0, name.length() - 1));
        } else {
            names.add(name);
        }
    }

    /** @param plain as {@link #plain} gives it */
    public static boolean contain(String plain) {
        return NEVER.fit(plain);
    }

    /**
     * Whether it says who calls, to services that ask nobody else: handed on only where the rule names it.
     *
     * @param plain as {@link #plain} gives it
     */
    public static boolean sayWho(String plain) {
        return ONLY_NAMED.fit(plain);
    }

    private boolean fit(String plain) {
        String read = asVariable(plain);
        for (String start : starts) {
            if (read.startsWith(start)) {
                return true;
            }
        }
        return names.contains(read);
    }

    /** As servers of the kind of CGI make a variable of it: of whatever is no letter and no digit one and the same sign. */
    private static String asVariable(String plain) {
        return SIGN.matcher(plain).find() ? SIGN.matcher(plain).replaceAll("-") : plain;
    }

    /** A name in small letters. Some servers read an underscore as a hyphen, so both are one here. */
    public static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
