package org.tongmai.routes.engine.gateway.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.tongmai.standards.table.CsvTable;

/**
 * Programs, pages and archives that can begin anywhere in a file, from {@code hidden-marks.csv}. All marks are looked for in one
 * pass, a step for each byte (Aho and Corasick, 1975). Small and capital letters are one, and so are blanks. In what is no text
 * any three or four bytes stand by chance, so a mark there is long, or counts only behind one that opens a program.
 */
final class HiddenMarks {
    /** What a file is to be looked through as; a row says in which of them it counts. */
    enum Kind {
        /** Images, sounds, films, DICOM. */
        MEDIA("media"),
        PDF("pdf"),
        TEXT("text"),
        /** Text of which each character is two bytes: what of it is ASCII is looked at. */
        WIDE_TEXT("text");

        private final String name;

        Kind(String name) {
            this.name = name;
        }
    }

    private record Mark(String type, int token, int behind, Set<String> kinds) {
        boolean counts(String kind, boolean[] open) {
            return kinds.contains(kind) && (behind < 0 || open[behind]);
        }
    }

    /** What ends what was opened. */
    private static final Map<String, String> CLOSERS =
            Map.of("<%", "%>", "<?", "?>", "<?=", "?>", "<? ", "?>", "<", ">", "${", "}");

    private static final Pattern CODED = Pattern.compile("\\\\x(\\p{XDigit}{2})");
    private static final String ARCHIVE = "application/zip";
    /** Ends of archives that are none; a file with more is one that was made so. */
    private static final int MOST_FALSE_ENDS = 64;

    private static final HiddenMarks MARKS = new HiddenMarks();

    private final List<String> tokens = new ArrayList<>();
    private final byte[] classes = new byte[1 << Byte.SIZE];
    private int classCount = 1;
    /** The state that follows a state by the class of a byte. */
    private final List<int[]> next = new ArrayList<>();
    /** By state the tokens that end in it; null where none does. */
    private final List<int[]> ends = new ArrayList<>();

    private final int[][] follows;
    private final int[][] found;
    private final Mark[][] marksOf;
    /** By token the openers it closes. */
    private final int[][] closes;

    private HiddenMarks() {
        List<Mark> marks = new ArrayList<>();
        for (CsvTable.Row row : rows()) {
            String behind = row.cell(2);
            int opener = behind.isEmpty() ? -1 : token(behind);
            if (opener >= 0) {
                token(CLOSERS.get(behind));
            }
            marks.add(new Mark(
                    row.cell(0),
                    token(CODED.matcher(row.cell(1))
                            .replaceAll(code -> String.valueOf((char) Integer.parseInt(code.group(1), 16)))),
                    opener,
                    Set.of(row.cell(3).split(" "))));
        }
        build();
        follows = next.toArray(new int[0][]);
        found = ends.toArray(new int[0][]);
        marksOf = new Mark[tokens.size()][];
        closes = new int[tokens.size()][];
        for (int i = 0; i < tokens.size(); i++) {
            int token = i;
            String text = tokens.get(i);
            marksOf[i] = marks.stream().filter(mark -> mark.token == token).toArray(Mark[]::new);
            closes[i] = IntStream.range(0, tokens.size())
                    .filter(opener -> text.equals(CLOSERS.get(tokens.get(opener))))
                    .toArray();
        }
    }

    private static List<CsvTable.Row> rows() {
        String name = "hidden-marks.csv";
        try (InputStream in = HiddenMarks.class.getResourceAsStream(name)) {
            return CsvTable.read(name, new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .rows();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int token(String text) {
        if (!tokens.contains(text)) {
            tokens.add(text);
        }
        return tokens.indexOf(text);
    }

    private void build() {
        for (String token : tokens) {
            for (char c : token.toCharArray()) {
                classOf(c);
            }
        }
        newState();
        for (int token = 0; token < tokens.size(); token++) {
            int state = 0;
            for (char c : tokens.get(token).toCharArray()) {
                int[] from = next.get(state);
                if (from[classes[c]] < 0) {
                    from[classes[c]] = newState();
                }
                state = from[classes[c]];
            }
            addEnd(state, token);
        }
        join();
    }

    private void classOf(char c) {
        if (classes[c] == 0) {
            byte own = (byte) classCount++;
            classes[c] = own;
            if (c == ' ') {
                "\t\n\f\r".chars().forEach(blank -> classes[blank] = own);
            }
            if (c >= 'a' && c <= 'z') {
                classes[c - 'a' + 'A'] = own;
            }
        }
    }

    private int newState() {
        int[] none = new int[classCount];
        Arrays.fill(none, -1);
        next.add(none);
        ends.add(null);
        return next.size() - 1;
    }

    private void addEnd(int state, int token) {
        int[] before = ends.get(state);
        int[] after = before == null ? new int[1] : Arrays.copyOf(before, before.length + 1);
        after[after.length - 1] = token;
        ends.set(state, after);
    }

    /** Where a mark does not go on, another may have begun. */
    private void join() {
        int[] back = new int[next.size()];
        Deque<Integer> states = new ArrayDeque<>(List.of(0));
        while (!states.isEmpty()) {
            int state = states.remove();
            int[] from = next.get(state);
            for (int each = 0; each < from.length; each++) {
                int other = state == 0 ? 0 : next.get(back[state])[each];
                if (from[each] < 0) {
                    from[each] = other;
                    continue;
                }
                back[from[each]] = other;
                if (ends.get(other) != null) {
                    for (int token : ends.get(other)) {
                        addEnd(from[each], token);
                    }
                }
                states.add(from[each]);
            }
        }
    }

    /** The type of the first thing that hides in a file; null where nothing does. */
    static String first(FileBytes file, Kind kind) {
        return MARKS.new Search(file, kind).first();
    }

    /** One pass through a file. */
    private final class Search {
        private final FileBytes file;
        private final Kind kind;
        private final boolean[] open = new boolean[tokens.size()];
        private int falseEnds;

        Search(FileBytes file, Kind kind) {
            this.file = file;
            this.kind = kind;
        }

        String first() {
            int state = 0;
            for (long at = 0; at < file.length(); ) {
                byte[] piece = file.piece(at);
                for (int i = 0; i < piece.length; i++) {
                    if (piece[i] == 0 && kind == Kind.WIDE_TEXT) {
                        continue;
                    }
                    state = follows[state][classes[piece[i] & 0xff]];
                    if (found[state] != null) {
                        String type = judge(found[state], at + i);
                        if (type != null) {
                            return type;
                        }
                    }
                }
                at += piece.length;
            }
            return null;
        }

        private String judge(int[] ended, long last) {
            for (int token : ended) {
                for (Mark mark : marksOf[token]) {
                    if (mark.counts(kind.name, open) && isThere(mark, last)) {
                        return mark.type;
                    }
                }
            }
            for (int token : ended) {
                for (int opener : closes[token]) {
                    open[opener] = false;
                }
                open[token] = true;
            }
            return null;
        }

        private boolean isThere(Mark mark, long last) {
            return !mark.type.equals(ARCHIVE) || ZipDirectory.endsAt(file, last - 3) || ++falseEnds > MOST_FALSE_ENDS;
        }
    }
}
