package org.tongmai.console.domain.patientindex.internal;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Chinese characters: their standard forms, how they are read, and where a surname ends. */
public final class HanText {
    private static final int CHARACTERS = 0x10000;

    private final char[] standard = new char[CHARACTERS];
    private final String[] usual = new String[CHARACTERS];
    private final Map<Character, List<String>> also = new HashMap<>();
    private final Map<String, String> surnames = new HashMap<>();

    private HanText() {}

    /** Reads the tables han-variants, han-readings and surnames. */
    public static HanText read(TableReader tables) {
        HanText han = new HanText();
        for (TableReader.Row row : tables.rows("han-variants", "variant,standard", 1)) {
            row.require(row.cell(0).length() == 1 && row.cell(1).length() == 1, "one character each");
            han.standard[row.cell(0).charAt(0)] = row.cell(1).charAt(0);
        }
        for (TableReader.Row row : tables.rows("han-readings", "reading,usual,also", 1)) {
            row.require(row.cell(0).matches("[a-z]{1,6}"), "a reading without tone");
            for (char c : row.cell(1).toCharArray()) {
                row.require(han.usual[c] == null, "one usual reading a character");
                han.usual[c] = row.cell(0);
            }
            for (char c : row.cell(2).toCharArray()) {
                han.also.computeIfAbsent(c, k -> new ArrayList<>(2)).add(row.cell(0));
            }
        }
        for (TableReader.Row row : tables.rows("surnames", "surname,reading", 1)) {
            int syllables = row.cell(1).split(" ").length;
            row.require(row.cell(0).length() == syllables, "one syllable a character");
            han.surnames.put(row.cell(0), row.cell(1).replace(" ", ""));
        }
        return han;
    }

    /** Full width to half, traditional and variant characters to standard ones, letters to lower case; blanks stay. */
    String fold(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        StringBuilder folded = null;
        for (int i = 0; i < plain.length(); i++) {
            char other = standard[plain.charAt(i)];
            if (other != 0) {
                if (folded == null) {
                    folded = new StringBuilder(plain);
                }
                folded.setCharAt(i, other);
            }
        }
        return folded == null ? plain : folded.toString();
    }

    static boolean isHan(char c) {
        return c >= 0x3400 && c <= 0x9fff || Character.isSurrogate(c);
    }

    static boolean isHan(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> isHan((char) c));
    }

    /** How many characters at the beginning are the surname. */
    int surnameLength(String name) {
        return name.length() > 2 && surnames.containsKey(name.substring(0, 2)) ? 2 : 1;
    }

    /** Readings of a surname, that of the surname first. */
    Set<String> surnameReadings(String surname) {
        Set<String> readings = new LinkedHashSet<>();
        String special = surnames.get(surname);
        if (special != null) {
            readings.add(special);
        }
        readings.add(usualReading(surname));
        return readings;
    }

    /** The usual reading of a text, syllables joined; a character without one stands for itself. */
    String usualReading(String text) {
        StringBuilder reading = new StringBuilder(text.length() * 4);
        for (int i = 0; i < text.length(); i++) {
            String syllable = usual[text.charAt(i)];
            reading.append(syllable == null ? text.substring(i, i + 1) : syllable);
        }
        return reading.toString();
    }

    /** Says whether two characters are read the same as a rule. */
    boolean soundAlike(char a, char b) {
        return a == b || usual[a] != null && usual[a].equals(usual[b]);
    }

    /** Says whether Latin letters are a way to read the name, family name first. */
    boolean canBeRead(String latin, String family, String given) {
        for (String reading : surnameReadings(family)) {
            if (latin.startsWith(reading) && givenCanBeRead(latin, reading.length(), given, 0)) {
                return true;
            }
        }
        return false;
    }

    private boolean givenCanBeRead(String latin, int at, String given, int index) {
        if (index == given.length()) {
            return at == latin.length();
        }
        char c = given.charAt(index);
        if (usual[c] != null
                && latin.startsWith(usual[c], at)
                && givenCanBeRead(latin, at + usual[c].length(), given, index + 1)) {
            return true;
        }
        for (String reading : also.getOrDefault(c, List.of())) {
            if (latin.startsWith(reading, at) && givenCanBeRead(latin, at + reading.length(), given, index + 1)) {
                return true;
            }
        }
        return false;
    }
}
