package org.tongmai.standards.terminology;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.terminology.TerminologyStore.Change;
import org.tongmai.standards.terminology.TerminologyStore.Version;
import org.tongmai.standards.terminology.internal.LocalDictionary;
import org.tongmai.standards.terminology.internal.TableDiff;
import org.tongmai.standards.terminology.internal.TableMerge;
import org.tongmai.standards.terminology.internal.TerminologyLoader;

/**
 * The tables in force, and how they change: validated as a whole, kept as a version, then switched at once for whoever
 * follows. What is refused changes nothing.
 */
public final class TerminologyService {
    private final TerminologyStore store;
    private final Map<String, String> packaged;
    private final List<Function<Terminology, Runnable>> followers = new CopyOnWriteArrayList<>();
    private volatile InForce inForce;

    /**
     * What is in force.
     *
     * @param version 0 for the packaged tables
     * @param terminology the tables
     */
    public record InForce(long version, Terminology terminology) {}

    /**
     * What a code means when one sender writes it.
     *
     * @param conceptMap name of the map
     * @param sender MSH-4, or MSH-3 where there is none
     * @param code as the sender writes it
     * @param target what it is; an empty code when it is known to have no equivalent
     */
    public record LocalMeaning(String conceptMap, String sender, String code, ConceptMap.Target target) {}

    /**
     * One row that differs.
     *
     * @param file path of the table
     * @param key the row's code, or sender and code
     * @param before the row as it was; empty for a new one
     * @param after the row as it is; empty for one that is gone
     */
    public record RowChange(String file, String key, String before, String after) {}

    private TerminologyService(TerminologyStore store) {
        this.store = store;
        this.packaged = TerminologyLoader.packaged();
    }

    /**
     * Loads what was uploaded, together with the packaged tables.
     *
     * @param packaged those tables alone; in force as long as nothing is uploaded
     * @throws CodedException when the uploaded tables do not fit the packaged ones, with file and line
     */
    public static TerminologyService start(TerminologyStore store, Terminology packaged) {
        TerminologyService service = new TerminologyService(store);
        long newest = store.newest();
        Map<String, String> uploaded = store.tables(newest);
        service.inForce = new InForce(newest, uploaded.isEmpty() ? packaged : service.load(List.of(uploaded)));
        return service;
    }

    /** What is in force now. */
    public InForce inForce() {
        return inForce;
    }

    /**
     * Lets somebody follow.
     *
     * @param prepare makes ready for other tables, may refuse them, and answers what switches to them
     */
    public void follow(Function<Terminology, Runnable> prepare) {
        followers.add(prepare);
    }

    /**
     * Validates tables together with all others, keeps them as a version and switches to them.
     *
     * @param files path to content; {@code sources.csv} has rows for new tables only
     * @param by account
     * @param reason why
     * @throws CodedException with every violation at once, each with file and line; then nothing has changed
     */
    public synchronized Version upload(Map<String, String> files, String by, String reason) {
        requireReason(reason);
        if (files.isEmpty()) {
            throw new CodedException(Issue.of(TerminologyError.TABLE_MISSING, "", "the upload has no table"));
        }
        refresh();
        Map<String, String> before = store.tables(inForce.version());
        Terminology next = load(List.of(before, files));
        Change change = new Change(by, reason, List.copyOf(new TreeSet<>(files.keySet())), -1);
        return switchTo(next, change, TableMerge.over(before, files));
    }

    /**
     * Says what a code means when one sender writes it, as {@link #upload} would.
     *
     * @param meaning sender, code and target; without a system and display those of the map's own rows are taken
     */
    public synchronized Version map(LocalMeaning meaning, String by, String reason) {
        requireReason(reason);
        refresh();
        ConceptMap map = inForce.terminology().conceptMap(meaning.conceptMap());
        ConceptMap.Target target = meaning.target();
        ConceptMap.Target known = map.targets().values().stream()
                .filter(each ->
                        each.code().equals(target.code()) && target.system().isEmpty())
                .findFirst()
                .orElse(target);
        String display = target.display().isEmpty() ? known.display() : target.display();
        List<String> row = List.of(meaning.sender(), meaning.code(), known.system(), target.code(), display, reason);
        String before = store.tables(inForce.version()).get(LocalDictionary.path(map.name()));
        return upload(LocalDictionary.with(map, before, row, by), by, reason);
    }

    /**
     * Puts the tables of an earlier version in force again, as a new version.
     *
     * @param version 0 for the packaged tables
     */
    public synchronized Version restore(long version, String by, String reason) {
        requireReason(reason);
        refresh();
        requireVersion(version);
        Map<String, String> tables = store.tables(version);
        Terminology next = load(List.of(tables));
        Change change = new Change(by, reason, differing(store.tables(inForce.version()), tables), version);
        return switchTo(next, change, tables);
    }

    /** Switches to what another node has put in force since, if anything. */
    public synchronized void refresh() {
        long newest = store.newest();
        if (newest != inForce.version()) {
            Terminology next = load(List.of(store.tables(newest)));
            List<Runnable> switches = prepare(next);
            switchNow(new InForce(newest, next), switches);
        }
    }

    private Version switchTo(Terminology next, Change change, Map<String, String> tables) {
        List<Runnable> switches = prepare(next);
        Version version = store.add(inForce.version(), change, tables);
        switchNow(new InForce(version.number(), next), switches);
        return version;
    }

    private List<Runnable> prepare(Terminology next) {
        List<Runnable> switches = new ArrayList<>();
        followers.forEach(follower -> switches.add(follower.apply(next)));
        return switches;
    }

    private void switchNow(InForce next, List<Runnable> switches) {
        switches.forEach(Runnable::run);
        inForce = next;
    }

    /** The newest versions, newest first. */
    public List<Version> versions(int limit) {
        return store.versions(limit);
    }

    /** The content of a table at a version, or null. */
    public String table(String path, long version) {
        String uploaded = store.tables(requireVersion(version)).get(path);
        return uploaded != null ? uploaded : packaged.get(path);
    }

    /** The paths of the tables that were uploaded, at a version. */
    public Set<String> uploaded(long version) {
        return new TreeSet<>(store.tables(requireVersion(version)).keySet());
    }

    /** The rows that differ between two versions, by file and key. */
    public List<RowChange> diff(long from, long to) {
        Map<String, String> before = new TreeMap<>(store.tables(requireVersion(from)));
        Map<String, String> after = new TreeMap<>(store.tables(requireVersion(to)));
        List<RowChange> changes = new ArrayList<>();
        for (String file : differing(before, after)) {
            changes.addAll(TableDiff.of(file, text(before, file), text(after, file)));
        }
        return changes;
    }

    private String text(Map<String, String> layer, String file) {
        String own = layer.get(file);
        return own != null ? own : packaged.getOrDefault(file, "");
    }

    private static List<String> differing(Map<String, String> before, Map<String, String> after) {
        Set<String> files = new TreeSet<>(before.keySet());
        files.addAll(after.keySet());
        files.removeIf(file -> before.containsKey(file) && before.get(file).equals(after.get(file)));
        return List.copyOf(new LinkedHashSet<>(files));
    }

    private long requireVersion(long version) {
        if (version < 0 || version > store.newest()) {
            throw new CodedException(Issue.of(TerminologyError.VERSION_UNKNOWN, "", "number " + version));
        }
        return version;
    }

    private static void requireReason(String reason) {
        if (reason == null || reason.isBlank()) {
            throw new CodedException(Issue.of(TerminologyError.REASON_MISSING, "reason", "expected: why"));
        }
    }

    private Terminology load(List<Map<String, String>> layers) {
        List<Map<String, String>> all = new ArrayList<>();
        all.add(packaged);
        all.addAll(layers);
        return TerminologyLoader.load(all);
    }
}
