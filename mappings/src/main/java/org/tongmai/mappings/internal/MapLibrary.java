package org.tongmai.mappings.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final Map<String, MapFile> maps = new HashMap<>();
    private final List<MapFile> overlays = new ArrayList<>();

    /** @param issues where what is wrong is noted */
    public MapLibrary(List<MapSource> overlaySources, List<Issue> issues) {
        this.issues = issues;
        this.reader = MapReader.including(issues);
        this.includes = new Includes(this::read, issues);
        for (MapSource source : overlaySources) {
            MapFile overlay = new MapReader(issues).read(source.file(), source.text());
            if (overlay != null) {
                overlays.add(overlay);
            }
        }
    }

    /** The message maps named in {@code index.yaml}, in order. */
    List<MapFile> messages() {
        List<MapFile> found = new ArrayList<>();
        for (String line : resource(FOLDER + "index.yaml").lines().toList()) {
            if (line.startsWith("- ")) {
                found.add(map(line.substring(2).trim()));
            }
        }
        found.removeIf(map -> map == null);
        return found;
    }

    /** The map with this name, with what it includes and overlays applied; null when there is none. */
    public MapFile map(String name) {
        if (!maps.containsKey(name)) {
            maps.put(name, overlaid(name, includes.whole(name)));
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
        for (MapFile overlay : overlays) {
            if (!overlay.name().equals(name)) {
                continue;
            }
            result = result == null ? overlay : result.overlaidWith(overlay);
        }
        return result;
    }

    /** Notes overlays nothing was laid under. */
    void refuseUnusedOverlays() {
        for (MapFile overlay : overlays) {
            if (maps.get(overlay.name()) == null) {
                issues.add(
                        Issue.of(MappingError.MAP_MISSING, overlay.at().toString(), "no map uses " + overlay.name()));
            }
        }
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
