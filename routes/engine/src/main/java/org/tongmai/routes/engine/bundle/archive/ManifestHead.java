package org.tongmai.routes.engine.bundle.archive;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** The two values of the manifest that name an archive. Whether they are good ones is the check's business. */
final class ManifestHead {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** As route-bundle.schema.json has them: these two become names of files and lines of logs before anybody checks. */
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private static final Pattern VERSION =
            Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+(-[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?");
    private static final int LONGEST = 60;

    private ManifestHead() {}

    /** @throws CodedException {@link BundleError#MANIFEST_INVALID} */
    static String id(Map<String, byte[]> files) {
        String id = text(files, "id", ID);
        if (id.isEmpty()) {
            throw new CodedException(Issue.of(
                    BundleError.MANIFEST_INVALID, BundleArchive.MANIFEST, "id: expected the bundle's, in kebab-case"));
        }
        return id;
    }

    /** Empty when the manifest does not say, or not in the form {@code 1.2.3}. */
    static String version(Map<String, byte[]> files) {
        return text(files, "version", VERSION);
    }

    private static String text(Map<String, byte[]> files, String key, Pattern form) {
        byte[] manifest = files.get(BundleArchive.MANIFEST);
        if (manifest == null) {
            return "";
        }
        try {
            String value = JSON.readTree(manifest).path(key).asText();
            return value.length() <= LONGEST && form.matcher(value).matches() ? value : "";
        } catch (IOException e) {
            return ""; // the check says where it is not JSON
        }
    }
}
