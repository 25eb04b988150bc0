use crate::sample::Sample;
use jinxiu::store::own_questions;

/// Rows as CSV without the heading.
fn rows(sample: &Sample, args: &[&str]) -> Vec<String> {
    let mut all = vec!["ask"];
    all.extend(args);
    all.extend(["-f", "csv"]);
    sample.run(&all).ok().lines().skip(1).map(str::to_owned).collect()
}

/// What is asked of the sample, and the rows that come.
const CASES: &[(&[&str], &[&str])] = &[
    (&["projects-signed"], &["丁生产线,签约,乙集团", "己项目,投产,戊集团"]),
    (&["projects-by-status", "--bind", "status=签约"], &["丁生产线,甲市,乙集团"]),
    (&["zone-industries"], &["丙高新区,信创产业"]),
    (&["place-industries", "--bind", "place=甲市"], &["新材料", "装备制造业"]),
    (&["place-industries", "--bind", "place=辛市"], &["新材料"]),
    (
        &["place-figures", "--bind", "place=甲市", "--bind", "year=2021"],
        &[
            "地区生产总值,水平,超过,500000000000,CNY,2021,alpha",
            "市场主体数量,水平,恰为,640000,count,2021,alpha",
            "市场主体数量,水平,恰为,650000,count,2021,beta",
        ],
    ),
    (&["targets", "--bind", "year=2025"], &["甲市,地区生产总值,水平,恰为,800000000000,CNY,alpha"]),
    (&["offices"], &["王小明,常务副市长,甲市"]),
    (&["enterprise-places"], &["甲市,庚公司"]),
    (&["place-policies", "--bind", "place=甲市"], &["工业强市战略,甲市"]),
    (&["subsidiaries"], &["乙集团,庚公司"]),
    (&["documents-naming", "--bind", "name=新材料"], &["alpha,甲市发展要闻,1", "beta,辛市與甲市,1"]),
    (&["contradicting-figures"], &["甲市,市场主体数量,水平,2021,count,640000 (alpha) ≠ 650000 (beta)"]),
    (&["place-zones", "--bind", "place=甲市"], &["丙高新区"]),
    (&["place-projects", "--bind", "place=甲市"], &["丁生产线,签约,乙集团"]),
    (&["builders"], &["乙集团,1", "戊集团,1"]),
    (&["industry-members"], &["企业,庚公司"]),
    (&["industry-developers"], &["地方,甲市", "地方,辛市"]),
    (
        &["indicator"],
        &[
            "甲市,水平,超过,500000000000,CNY,2021,事实,alpha",
            "甲市,水平,恰为,800000000000,CNY,2025,目标,alpha",
        ],
    ),
    (&["policy-issuers"], &["工业强市战略,甲市"]),
    (&["documents"], &["alpha,甲市发展要闻,47,3", "beta,辛市與甲市,9,1"]),
    (&["doubtful", "--bind", "below=0.5"], &[]),
    (&["place-enterprises", "--bind", "place=甲市"], &["庚公司"]),
    (&["place-offices", "--bind", "place=甲市"], &["王小明,常务副市长"]),
    (&["enterprise-projects", "--bind", "enterprise=戊集团"], &["己项目,投产"]),
    (
        &["indicator-years", "--bind", "place=甲市"],
        &["2021,水平,500000000000,CNY,事实,alpha", "2025,水平,800000000000,CNY,目标,alpha"],
    ),
    (
        &["indicator-places", "--bind", "indicator=市场主体数量"],
        &["甲市,水平,650000,count,beta", "甲市,水平,640000,count,alpha"],
    ),
    (&["group-members", "--bind", "enterprise=乙集团"], &["庚公司"]),
    (&["industry-enterprises", "--bind", "industry=装备制造业"], &["庚公司,甲市"]),
    (&["policy-implementers"], &["甲市"]),
    (&["document-entities", "--bind", "document=beta"], &["产业,新材料", "地方,甲市", "地方,辛市"]),
    (&["most-stated"], &["新材料,2", "甲市,2"]),
    (
        &["rules-used"],
        &["rule:by-hand,49", "ending:市,3", "ending:集团,2", "ending:战略,1", "ending:高新区,1"],
    ),
    (&["zone-places"], &["丙高新区,甲市"]),
    (&["targets-and-facts"], &["甲市,地区生产总值,CNY,500000000000,2021,800000000000,2025"]),
];

#[test]
fn every_question_gives_the_expected_rows() {
    let sample = Sample::new();
    for (args, expected) in CASES {
        assert_eq!(rows(&sample, args), *expected, "{args:?}");
    }
    assert!(own_questions().len() >= 30);
    let asked: Vec<&str> = CASES.iter().map(|(args, _)| args[0]).collect();
    for question in own_questions().iter().filter(|q| q.name != "evidence" && !q.sparql.contains("SERVICE")) {
        assert!(asked.contains(&question.name.as_str()), "{} is not tested", question.name);
    }
}

#[test]
fn evidence_lists_the_words_of_each_statement() {
    let rows = rows(&Sample::new(), &["evidence", "--bind", "name=丁生产线"]);
    assert!(rows.iter().any(|r| r.starts_with("项目状态,签约,丁生产线,alpha,")), "{rows:#?}");
    assert!(rows.iter().any(|r| r.starts_with("建设单位,乙集团,丁生产线,alpha,")), "{rows:#?}");
}

#[test]
fn answers_come_in_traditional_script_and_in_english_too() {
    let sample = Sample::new();
    let traditional = rows(&sample, &["projects-signed", "--lang", "zh-Hant"]);
    assert_eq!(traditional, ["丁生產線,簽約,乙集團", "己項目,投產,戊集團"]);
    let english = rows(&sample, &["projects-signed", "--lang", "en"]);
    assert_eq!(english, ["丁生产线,signed,乙集团", "己项目,in production,戊集团"]);
}

#[test]
fn an_unknown_question_or_parameter_is_wrong_usage_with_a_hint() {
    let sample = Sample::new();
    let question = sample.run(&["ask", "ofices"]);
    assert_eq!(question.code, 2);
    assert!(question.err.contains("the closest one is offices"), "{question:?}");
    let parameter = sample.run(&["ask", "offices", "--bind", "place=甲市"]);
    assert_eq!(parameter.code, 2);
    assert!(parameter.err.contains("has no parameter place; it has: none"), "{parameter:?}");
    assert_eq!(sample.run(&["ask", "targets", "--bind", "year=soon"]).code, 2);
    assert_eq!(sample.run(&["ask", "targets", "--bind", "year"]).code, 2);
}

#[test]
fn a_folder_of_own_questions_is_added() {
    let sample = Sample::new();
    let folder = sample.folder().join("mine");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(
        folder.join("people.rq"),
        "# 人物\n# People\nSELECT ?n { ?p a jx:Person ; rdfs:label ?n FILTER(LANG(?n) = $script) }",
    )
    .unwrap();
    let folder = folder.to_str().unwrap();
    assert_eq!(rows(&sample, &["people", "--questions", folder]), ["王小明"]);
}

#[test]
fn questions_are_listed_with_their_parameters() {
    let mut command = assert_cmd::Command::cargo_bin("jinxiu").unwrap();
    let output = command.args(["questions", "--lang", "en"]).output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(
        out.contains("place-figures\tWhat are a place's figures for a year?\tplace=太原市 year=2021"),
        "{out}"
    );
}
