package org.tongmai.standards.profile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumException;

/** Codes of units: what the grammar of UCUM takes, with the units of its essence table. */
final class UnitCodes {
    static final String SYSTEM = "http://unitsofmeasure.org";

    private static final int REMEMBERED = 10_000;
    private static final UcumEssenceService UCUM = load();

    private final Map<String, Boolean> known = new ConcurrentHashMap<>();

    boolean knows(String code) {
        Boolean before = known.get(code);
        if (before != null) {
            return before;
        }
        boolean valid = UCUM.validate(code) == null;
        if (known.size() < REMEMBERED) {
            known.put(code, valid);
        }
        return valid;
    }

    private static UcumEssenceService load() {
        try (InputStream in = UcumEssenceService.class.getResourceAsStream("/ucum-essence.xml")) {
            return new UcumEssenceService(in);
        } catch (UcumException e) {
            throw new IllegalStateException("the table of UCUM could not be read", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the table of UCUM could not be read", e);
        }
    }
}
