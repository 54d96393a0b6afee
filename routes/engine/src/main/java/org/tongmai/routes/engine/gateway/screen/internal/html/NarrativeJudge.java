package org.tongmai.routes.engine.gateway.screen.internal.html;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tongmai.routes.engine.gateway.screen.internal.value.Tables;
import org.tongmai.routes.engine.gateway.screen.internal.value.Work;

/**
 * Says whether the XHTML of a FHIR Narrative (FHIR R4 2.4.0, constraint txt-1) has only the elements and attributes that
 * {@code narrative.csv} allows. Immutable.
 */
public final class NarrativeJudge {
    private final Map<String, Set<String>> allowed = new HashMap<>();
    private final MarkupJudge markup;

    public NarrativeJudge(MarkupJudge markup) {
        this.markup = markup;
        Tables.rows("narrative.csv", row -> {
            List<String> names = Arrays.asList(row.cell(0).split(" "));
            names.forEach(name -> allowed.put(name, new HashSet<>(Tables.words(row.cell(1)))));
            return names;
        });
    }

    /** The rule that a narrative breaks, or null. */
    public String judge(String xhtml, Work work) {
        TagReader reader = new TagReader(xhtml, work);
        for (int i = xhtml.indexOf('<'); i >= 0; i = xhtml.indexOf('<', i + 1)) {
            boolean begins = i + 1 < xhtml.length() && Character.isLetter(xhtml.charAt(i + 1));
            Tag tag = begins ? reader.at(i) : null;
            String rule = tag == null ? null : element(tag.name(), tag.attributes(), work);
            if (rule != null) {
                return rule;
            }
        }
        return markup.judge(xhtml, work);
    }

    /** The rule that one element of a narrative breaks, or null; names are in lower case. */
    public String element(String name, Map<String, String> attributes, Work work) {
        Set<String> own = allowed.get(name);
        if (own == null || name.equals("*")) {
            return "narrative-element";
        }
        for (String attribute : attributes.keySet()) {
            boolean namespace = attribute.startsWith("xmlns");
            if (!namespace && !own.contains(attribute) && !allowed.get("*").contains(attribute)) {
                return "narrative-attribute";
            }
        }
        return markup.element(name, attributes, work);
    }
}
