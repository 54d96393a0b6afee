package org.tongmai.mappings.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.tongmai.mappings.MapSource;
import org.tongmai.mappings.MappingError;
import org.tongmai.standards.error.Issue;

/** Finds maps by name ({@code PID-Patient}) among the packaged ones and lays overlays over them. */
public final class MapLibrary {
    private static final String ROOT = "/org/tongmai/mappings/";
    private static final String FOLDER = "hl7v2-to-fhir/";
    private static final String[] FOLDERS = {"segments/", "datatypes/", "messages/"};

    private final List<Issue> issues;
    private final MapReader reader;
    private final Includes includes;
    private final MapLibrary under;
    private final Map<String, MapFile> maps = new HashMap<>();
    private final Map<String, List<MapFile>> overlays = new LinkedHashMap<>();

    /** @param issues where what is wrong is noted */
    public MapLibrary(List<MapSource> overlaySources, List<Issue> issues) {
        this(null, overlaySources, issues);
    }

    private MapLibrary(MapLibrary under, List<MapSource> sources, List<Issue> issues) {
        this.under = under;
        this.issues = issues;
        this.reader = MapReader.including(issues);
        this.includes = new Includes(this::read, issues);
        MapReader alone = new MapReader(issues);
        for (MapSource source : sources) {
            for (MapFile overlay : alone.readAll(source.file(), source.text())) {
                if (CsvLayout.isOverlay(overlay)) {
                    continue;
                }
                overlays.computeIfAbsent(overlaidBy(overlay), name -> new ArrayList<>())
                        .add(overlay);
            }
        }
    }

    /** This library with further overlays; what they do not touch is not read again. */
    MapLibrary with(List<MapSource> sources, List<Issue> noted) {
        return new MapLibrary(this, sources, noted);
    }

    /** Names of the maps that overlays of this library, and of none below, are laid over. */
    Set<String> overlaid() {
        return overlays.keySet();
    }

    /** The map an overlay is laid over: that of its name, or the message map of its structure. */
    private static String overlaidBy(MapFile overlay) {
        boolean message =
                overlay.to().equals("Bundle") && resource(FOLDER + "messages/" + overlay.from() + ".map.yaml") != null;
        return message ? overlay.from() : overlay.name();
    }

    /** The message maps named in {@code index.yaml}, in order. */
    List<MapFile> messages() {
        return messageNames().stream().map(this::map).filter(Objects::nonNull).toList();
    }

    List<String> messageNames() {
        return resource(FOLDER + "index.yaml")
                .lines()
                .filter(line -> line.startsWith("- "))
                .map(line -> line.substring(2).trim())
                .toList();
    }

    /** The map with this name, with what it includes and overlays applied; null when there is none. */
    public MapFile map(String name) {
        if (!maps.containsKey(name)) {
            maps.put(name, overlaid(name, under == null ? includes.whole(name) : under.map(name)));
        }
        return maps.get(name);
    }

    private MapFile read(String name) {
        for (String folder : FOLDERS) {
            String path = FOLDER + folder + name + ".map.yaml";
            String text = resource(path);
            if (text != null) {
                return reader.read("mappings/" + path, text);
            }
        }
        return null;
    }

    private MapFile overlaid(String name, MapFile map) {
        MapFile result = map;
        for (MapFile overlay : overlays.getOrDefault(name, List.of())) {
            MapFile.MessageHead head = overlay.message();
            if (head != null
                    && (!head.events().isEmpty()
                            || !head.topic().isEmpty()
                            || !head.groups().isEmpty())) {
                issues.add(Issue.of(
                        MappingError.VERB_UNKNOWN,
                        overlay.at().toString(),
                        "found events, topic or groups, expected segments and rows"));
            }
            result = result == null ? overlay : result.overlaidWith(overlay);
        }
        return result;
    }

    /** Notes overlays nothing was laid under. */
    void refuseUnusedOverlays() {
        overlays.forEach((name, files) -> {
            if (maps.get(name) == null) {
                issues.add(Issue.of(MappingError.MAP_MISSING, files.get(0).at().toString(), "no map uses " + name));
            }
        });
    }

    /** A packaged file of this module; null when there is none. */
    public static String resource(String path) {
        try (InputStream in = MapLibrary.class.getResourceAsStream(ROOT + path)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a packaged map could not be read", e);
        }
    }
}
