package org.tongmai.routes.engine.bundle.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.standards.crypto.PemKeys;
import org.tongmai.standards.crypto.Sm2PublicKey;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Whose bundles are taken: a folder with one PEM public key an author, {@code <author>.pem}. Read again whenever a file
 * of it has changed, so an author is trusted, or no longer, from the next bundle on. A folder that is not there has no
 * author; one with an unreadable key refuses every bundle and names the file.
 */
public final class TrustedAuthors {
    private static final String SUFFIX = ".pem";

    private final Path folder;
    private Map<Path, List<Object>> read = Map.of();
    private Map<String, Author> byFingerprint = Map.of();

    private record Author(String name, Sm2PublicKey key) {}

    private TrustedAuthors(Path folder) {
        this.folder = folder;
    }

    /**
     * @param folder of {@code <author>.pem}
     * @throws CodedException {@link BundleError#AUTHORS_UNREADABLE}
     */
    public static TrustedAuthors load(Path folder) {
        TrustedAuthors authors = new TrustedAuthors(folder);
        authors.refresh();
        return authors;
    }

    /** Names of the authors, sorted. */
    public synchronized List<String> names() {
        refresh();
        return byFingerprint.values().stream().map(Author::name).sorted().toList();
    }

    /**
     * Says who signed.
     *
     * @return the author's name, as the file of the key is called
     * @throws CodedException {@link BundleError#SIGNATURE_MISSING}, {@link BundleError#AUTHOR_UNKNOWN},
     *     {@link BundleError#SIGNATURE_WRONG}, {@link BundleError#SIGNATURE_OF_ANOTHER_BUNDLE},
     *     {@link BundleError#SIGNATURE_OF_ANOTHER_VERSION}, {@link BundleError#CONTENT_CHANGED},
     *     {@link BundleError#AUTHORS_UNREADABLE}
     */
    public String verify(SignedArchive signed) {
        Signature signature = signed.signature()
                .orElseThrow(() -> refused(BundleError.SIGNATURE_MISSING, "expected an SM2 signature"));
        Author author = author(signature.key());
        if (!signature.madeBy(author.key())) {
            throw refused(BundleError.SIGNATURE_WRONG, "key of " + author.name());
        }
        BundleArchive archive = signed.archive();
        expect(BundleError.SIGNATURE_OF_ANOTHER_BUNDLE, signature.id(), archive.id());
        expect(BundleError.SIGNATURE_OF_ANOTHER_VERSION, signature.version(), archive.version());
        expect(BundleError.CONTENT_CHANGED, signature.digest(), archive.digest());
        return author.name();
    }

    private static void expect(BundleError otherwise, String signed, String found) {
        if (!signed.equals(found)) {
            throw refused(otherwise, "signed: " + signed + ", found: " + found);
        }
    }

    private static CodedException refused(BundleError code, String detail) {
        return new CodedException(Issue.of(code, Signature.FILE, detail));
    }

    private synchronized Author author(String fingerprint) {
        refresh();
        Author author = byFingerprint.get(fingerprint);
        if (author == null) {
            throw refused(BundleError.AUTHOR_UNKNOWN, byFingerprint.size() + " keys are trusted");
        }
        return author;
    }

    private synchronized void refresh() {
        try {
            Map<Path, List<Object>> found = files();
            if (!found.equals(read)) {
                Map<String, Author> authors = new HashMap<>();
                for (Path file : found.keySet()) {
                    String name = file.getFileName().toString();
                    Sm2PublicKey key = key(file);
                    authors.putIfAbsent(
                            key.fingerprint(), new Author(name.substring(0, name.length() - SUFFIX.length()), key));
                }
                byFingerprint = authors;
                read = found;
            }
        } catch (IOException e) {
            throw new CodedException(Issue.of(BundleError.AUTHORS_UNREADABLE, folder.toString(), e.toString()), e);
        }
    }

    private static Sm2PublicKey key(Path file) throws IOException {
        try {
            return PemKeys.readPublic(Files.readString(file));
        } catch (CodedException e) {
            List<Issue> issues = new ArrayList<>();
            issues.add(Issue.of(BundleError.AUTHORS_UNREADABLE, file.toString(), "expected a PEM block PUBLIC KEY"));
            issues.addAll(e.issues());
            throw new CodedException(issues, e);
        }
    }

    /** The key files, sorted, each with what changes when it is written or replaced. */
    private Map<Path, List<Object>> files() throws IOException {
        Map<Path, List<Object>> found = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path file : entries.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(SUFFIX) && !name.startsWith(".") && Files.isRegularFile(file)) {
                    BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
                    found.put(file, List.of(facts.lastModifiedTime(), facts.size(), String.valueOf((Object)
                            facts.fileKey())));
                }
            }
        }
        return found;
    }
}
