package org.tongmai.routes.engine.gateway.file;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tongmai.standards.table.CsvTable;

/**
 * Names of files against what the files are, by the extensions of {@code file-types.csv}: servers and desks choose by the name
 * what they do with a file. What is found never shows a name, for names of files name patients.
 */
public final class FileNames {
    /** Each way a disposition says a name; the first group where it is in pieces, the third what it says. */
    private static final Pattern SAID =
            Pattern.compile("(?i)(?<![\\w-])filename(\\*\\d+\\*?)?(\\*)?[ \\t]*=[ \\t]*(\"[^\"]*\"?|[^;]*)");
    /** RFC 2047, as some clients write what is not ASCII. */
    private static final Pattern ENCODED = Pattern.compile("(?i)=\\?[^?]+\\?([bq])\\?([^?]*)\\?=\\s*");

    private static final Pattern PERCENT = Pattern.compile("%(\\p{XDigit}{2})");
    private static final Pattern CHARSET = Pattern.compile("^[^']*'[^']*'");
    /** Control characters, and those that turn the direction of what is shown. */
    private static final Pattern CONTROL =
            Pattern.compile("[\\p{Cc}\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]");
    /** The number of a version, as ISO 9660 puts it behind names. */
    private static final Pattern VERSION = Pattern.compile(";\\d+$");

    private static final Pattern EXTENSION = Pattern.compile("^ *([a-z0-9]+)");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    /** Names are decoded as often as somebody behind might decode them. */
    private static final int MOST_LAYERS = 3;

    private static final List<CsvTable.Row> ROWS = FileTypes.rows();
    private static final Set<String> ON_SERVERS = extensions(row -> row.cell(5).equals("server"));
    private static final Set<String> RUN = extensions(row -> !row.cell(5).isEmpty());
    private static final Set<String> KNOWN = extensions(row -> true);
    private static final Set<String> SHOWN_AS_ONE = Set.of("image", "audio", "video");

    private FileNames() {}

    private static Set<String> extensions(Predicate<CsvTable.Row> of) {
        return ROWS.stream()
                .filter(of)
                .flatMap(row -> Pattern.compile(" ").splitAsStream(row.cell(4)))
                .filter(extension -> !extension.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * What is wrong with the names a Content-Disposition says; empty where nothing is, or it says none.
     *
     * @param disposition a character is a byte (ISO 8859-1)
     */
    public static Optional<String> wrong(String disposition, FileTypes.Found found) {
        String said = text(disposition.getBytes(StandardCharsets.ISO_8859_1));
        Matcher names = SAID.matcher(said);
        boolean any = false;
        while (names.find()) {
            any = true;
            if (names.group(1) != null) {
                return Optional.of("a name in pieces");
            }
            String name = names.group(3).replace("\"", "").strip();
            for (String reading : readings(
                    names.group(2) == null ? name : CHARSET.matcher(name).replaceFirst(""))) {
                Optional<String> wrong = wrongName(reading, found);
                if (wrong.isPresent()) {
                    return wrong;
                }
            }
        }
        return any && said.indexOf('\\') >= 0 ? Optional.of("a name that is a path") : Optional.empty();
    }

    /** What a name is to who takes it as it is, and to who decodes it. */
    private static List<String> readings(String name) {
        List<String> readings = new ArrayList<>();
        String each =
                ENCODED.matcher(name).replaceAll(word -> Matcher.quoteReplacement(word(word.group(1), word.group(2))));
        for (int i = 0; i < MOST_LAYERS && !readings.contains(each); i++) {
            readings.add(each);
            each = percent(each);
        }
        return readings;
    }

    private static String word(String coding, String coded) {
        if (coding.equalsIgnoreCase("q")) {
            return percent(coded.replace('=', '%').replace('_', ' '));
        }
        try {
            return text(Base64.getDecoder().decode(coded));
        } catch (IllegalArgumentException e) {
            return coded;
        }
    }

    private static String percent(String name) {
        if (name.indexOf('%') < 0) {
            return name;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Matcher coded = PERCENT.matcher(name);
        int at = 0;
        while (coded.find()) {
            bytes.writeBytes(name.substring(at, coded.start()).getBytes(StandardCharsets.UTF_8));
            bytes.write(Integer.parseInt(coded.group(1), 16));
            at = coded.end();
        }
        bytes.writeBytes(name.substring(at).getBytes(StandardCharsets.UTF_8));
        return text(bytes.toByteArray());
    }

    /** In GB 18030 the second byte of a character can be a backslash, which is none. */
    private static String text(byte[] bytes) {
        return decoded(bytes, StandardCharsets.UTF_8)
                .or(() -> decoded(bytes, Charset.forName("GB18030")))
                .orElseGet(() -> new String(bytes, StandardCharsets.ISO_8859_1));
    }

    private static Optional<String> decoded(byte[] bytes, Charset charset) {
        try {
            return Optional.of(
                    charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> wrongName(String name, FileTypes.Found found) {
        if (CONTROL.matcher(name).find()) {
            return Optional.of("a name with a control character");
        }
        if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0 || name.startsWith(".")) {
            return Optional.of("a name that is a path");
        }
        String plain = VERSION.matcher(
                        Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT))
                .replaceFirst("");
        String[] parts = plain.split("[.;]+");
        Set<String> own = own(found.type());
        for (int i = 1; i < parts.length; i++) {
            // Servers run a file by any of its extensions.
            if (ON_SERVERS.contains(extension(parts[i])) && !own.contains(extension(parts[i]))) {
                return Optional.of("a name of a program");
            }
        }
        String last = parts.length < 2 ? "" : extension(parts[parts.length - 1]);
        // An extension that no row knows says nothing of pictures and documents; of text some servers take it for
        // settings.
        boolean unknown = !KNOWN.contains(last) && !FileTypes.isTextType(found.type());
        boolean fits = last.isEmpty() || own.contains(last) || (own.isEmpty() ? !RUN.contains(last) : unknown);
        return fits ? Optional.empty() : Optional.of("a name that is not of " + found.type());
    }

    /** As far as it is letters and digits; none where it is a number, as in names of DICOM. */
    private static String extension(String part) {
        Matcher found = EXTENSION.matcher(part);
        return found.find() && !NUMBER.matcher(found.group(1)).matches() ? found.group(1) : "";
    }

    /** The extensions of a type; of pictures those of all pictures, for programs that show one show the others. */
    private static Set<String> own(String type) {
        String family = type.substring(0, type.indexOf('/'));
        boolean shown = SHOWN_AS_ONE.contains(family) && !FileTypes.isTextType(type);
        return extensions(row -> shown
                ? row.cell(0).startsWith(family + "/") && !FileTypes.isTextType(row.cell(0))
                : row.cell(0).equals(type));
    }
}
