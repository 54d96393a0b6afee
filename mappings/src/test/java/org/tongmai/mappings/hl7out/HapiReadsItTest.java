package org.tongmai.mappings.hl7out;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.model.AbstractGroup;
import ca.uhn.hl7v2.model.Group;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.model.Segment;
import ca.uhn.hl7v2.model.Structure;
import ca.uhn.hl7v2.parser.DefaultModelClassFactory;
import ca.uhn.hl7v2.parser.ModelClassFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tongmai.mappings.Extent;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.mappings.TestMessages;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.table.CsvTable;
import org.tongmai.standards.terminology.Terminology;

/**
 * HAPI's parser and model of HL7 v2.5.1 read what is written: nothing stands where it may not, nothing required is missing.
 * (HAPI takes the second of several orders of an OML for a prior result; that group is left out.)
 */
class HapiReadsItTest {
    private static final Map<Extent, MappingEngine> IN = new EnumMap<>(Extent.class);
    private static final Map<Extent, Hl7OutMappings> OUT = new EnumMap<>(Extent.class);

    /** A prescription's route and components, which ORM had for them up to HL7 2.4. */
    private static final Set<String> AS_IN_OLDER_VERSIONS =
            Set.of("ORDER.ORDER_DETAIL.RXR", "ORDER.ORDER_DETAIL.RXC", "ORDER.RXR", "ORDER.RXC");

    @BeforeAll
    static void compile() {
        Terminology terminology = Terminology.load();
        MappingSettings defaults = MappingSettings.defaults();
        for (Extent extent : Extent.values()) {
            MappingSettings settings = new MappingSettings(defaults.zone(), defaults.overlays(), extent);
            IN.put(extent, MappingEngine.compile(terminology, settings));
            OUT.put(extent, Hl7OutMappings.compile(terminology, settings));
        }
    }

    static List<String> cases() throws IOException {
        List<String> names = new ArrayList<>(TestMessages.goldenNames(Extent.STORED));
        names.addAll(TestMessages.goldenNames(Extent.WHOLE));
        names.removeIf(
                name -> name.startsWith("refused-") || !OUT.get(extent(name)).writes(event(name)));
        return names;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void a_message_is_read_without_a_segment_or_value_out_of_place(String name) throws Exception {
        CanonicalBundle bundle = IN.get(extent(name)).map(TestMessages.golden(name));
        Hl7Output made = OUT.get(extent(name))
                .write(
                        Hl7OutMappings.contents(bundle.resources()),
                        Hl7Order.ofData().as(bundle.event()));
        try (HapiContext hapi = new DefaultHapiContext()) {
            Message read = hapi.getPipeParser().parse(made.text());
            List<String> wrong = new ArrayList<>();
            check((AbstractGroup) read, "", wrong);
            assertThat(wrong).as(made.text().replace('\r', '\n')).isEmpty();
        }
    }

    private static void check(AbstractGroup group, String path, List<String> wrong) throws HL7Exception {
        for (String name : group.getNames()) {
            if (AS_IN_OLDER_VERSIONS.contains(path + name) || name.startsWith("PRIOR_RESULT")) {
                continue;
            }
            if (group.getNonStandardNames().contains(name)) {
                wrong.add(path + name + " may not stand there");
                continue;
            }
            boolean there = false;
            for (Structure part : group.getAll(name)) {
                there |= !part.isEmpty();
                if (part instanceof AbstractGroup inner && !part.isEmpty()) {
                    check(inner, path + name + ".", wrong);
                }
            }
            if (!there && group.isRequired(name) && !group.isChoiceElement(name)) {
                wrong.add(path + name + " is missing");
            }
        }
    }

    @Test
    void the_table_of_fields_says_what_hapi_says() throws Exception {
        Path file = Path.of("fhir-to-hl7v2", "fields.csv");
        ModelClassFactory factory = new DefaultModelClassFactory();
        Group message = new ca.uhn.hl7v2.model.v251.message.ADT_A01();
        for (CsvTable.Row row :
                CsvTable.read(file.toString(), Files.readString(file)).rows()) {
            if (!row.cell(5).isEmpty()) {
                continue; // of a version HAPI has no model of here: GuideStructuresTest
            }
            Segment segment = (Segment) Class.forName("ca.uhn.hl7v2.model.v251.segment." + row.cell(0))
                    .getConstructor(Group.class, ModelClassFactory.class)
                    .newInstance(message, factory);
            int number = Integer.parseInt(row.cell(1));
            String where = row.cell(0) + "-" + number;
            assertThat(row.cell(3).equals("*")).as(where).isEqualTo(segment.getMaxCardinality(number) != 1);
            assertThat(row.cell(4).equals("R")).as(where).isEqualTo(segment.isRequired(number));
        }
    }

    private static Extent extent(String name) {
        return name.startsWith("whole/") ? Extent.WHOLE : Extent.STORED;
    }

    private static String event(String name) {
        try {
            return IN.get(extent(name)).map(TestMessages.golden(name)).event();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
