import type { AcademyState, Course, LearningPlan } from '../academy/model';
import type { Tenant } from '../tenant';
import { form, hiddenField, peopleChoice, textField } from './forms';
import { markup, type Markup } from './markup';
import { count, nameOf } from './wording';

const BACK = '/ui/plans';

export function plansPage(tenant: Tenant): Markup {
  const { state } = tenant.academy;
  const plans = Object.values(state.learningPlans);
  return markup`<div class="head"><div><h1>Learning plans</h1>
<p>Who leaves a plan also leaves the sessions of its courses; Docebo then tells of the plan only.</p></div></div>
${plans.length === 0 && markup`<section class="card"><div class="blank"><h2>No learning plans yet</h2><p>Create the first one below.</p></div></section>`}
${plans.map((plan) => planCard(state, plan))}
<section class="card"><div class="body"><details><summary>New learning plan</summary>${form(
    { command: 'create-learning-plan', back: BACK, done: 'The learning plan is created.' },
    markup`${textField('Name', 'name', '', { required: true })}${coursesChoice(state, [])}
<div class="acts"><button class="main">Create learning plan</button></div>`,
  )}</details></div></section>`;
}

function planCard(state: AcademyState, plan: LearningPlan): Markup {
  const courses = plan.courseIds.map((id) => state.courses[id]?.name ?? `Course ${id}`);
  return markup`<section class="card"><header><div><h2>${plan.name}</h2>
<p>${plan.code} · ${courses.length === 0 ? 'no courses yet' : courses.join(', ')}</p></div>
<span class="pill">${count(plan.userIds.length, 'learner')}</span></header>
${plan.userIds.length === 0 ? markup`<div class="empty">Nobody follows this plan yet.</div>` : members(state, plan)}
<footer class="folds">
<details><summary>Enrol people</summary>${enrolForm(state, plan)}</details>
<details><summary>Courses</summary>${form(
    { command: 'update-learning-plan', back: BACK, done: 'The learning plan is saved.' },
    markup`${hiddenField('planId:number', plan.id)}${hiddenField('courseIds:numbers', '')}
${textField('Name', 'name', plan.name, { required: true })}${coursesChoice(state, plan.courseIds)}
<div class="acts"><button class="main">Save learning plan</button></div>`,
  )}</details></footer></section>`;
}

function members(state: AcademyState, plan: LearningPlan): Markup {
  const lines = plan.userIds.map((id) => {
    const name = nameOf(state.users[id], id);
    return markup`<tr><td style="width: 44px"><input type="checkbox" name="userIds:numbers" value="${id}" aria-label="${name}"></td>
<td>${name}</td><td class="sub end">${state.users[id]?.email}</td></tr>`;
  });
  return form(
    { command: 'unenrol-from-plan', back: BACK, done: 'They left the learning plan.' },
    markup`${hiddenField('planId:number', plan.id)}
<div style="max-height: 320px; overflow: auto"><table><tbody>${lines}</tbody></table></div>
<div class="row" style="padding: 12px 20px; border-top: 1px solid var(--line)"><button class="danger">Unenrol ticked people</button></div>`,
    'plain',
  );
}

function enrolForm(state: AcademyState, plan: LearningPlan): Markup {
  const free = Object.values(state.users).filter((user) => !plan.userIds.includes(user.id));
  return form(
    { command: 'enrol-in-plan', back: BACK, done: 'They follow the plan now.' },
    markup`${hiddenField('planId:number', plan.id)}${peopleChoice('userIds:numbers', free)}
<div class="acts"><button class="main">Enrol in plan</button></div>`,
  );
}

function coursesChoice(state: AcademyState, ticked: readonly number[]): Markup {
  const lines = Object.values(state.courses).map(
    (
      course: Course,
    ) => markup`<label><input type="checkbox" name="courseIds:numbers" value="${course.id}" ${ticked.includes(course.id) && markup`checked`}>
<span>${course.name}</span><span class="sub">${course.code}</span></label>`,
  );
  return markup`<div class="wide"><label>Courses</label><div class="people">${lines}</div></div>`;
}
