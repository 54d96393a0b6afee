package org.tongmai.routes.engine.journal.internal;

import java.util.ArrayList;
import java.util.List;
import org.tongmai.standards.canonical.ResourceVersion;

/** Resource versions as the outbox keeps them: {@code Patient/abc/3 Encounter/def/1}. */
public final class ResourceList {
    private ResourceList() {}

    public static String write(List<ResourceVersion> versions) {
        StringBuilder text = new StringBuilder(versions.size() * 44);
        for (ResourceVersion version : versions) {
            if (text.length() > 0) {
                text.append(' ');
            }
            text.append(version.type())
                    .append('/')
                    .append(version.id())
                    .append('/')
                    .append(version.version());
        }
        return text.toString();
    }

    public static List<ResourceVersion> read(String text) {
        List<ResourceVersion> versions = new ArrayList<>();
        for (int start = 0; start < text.length(); ) {
            int space = text.indexOf(' ', start);
            int end = space < 0 ? text.length() : space;
            int first = text.indexOf('/', start);
            int second = text.indexOf('/', first + 1);
            versions.add(new ResourceVersion(
                    text.substring(start, first),
                    text.substring(first + 1, second),
                    Integer.parseInt(text, second + 1, end, 10)));
            start = end + 1;
        }
        return versions;
    }
}
